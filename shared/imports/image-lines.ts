import type { RelativeKey, Sha256 } from '../schema/ids';

/** An image of label files that was looked at, without its annotations. */
export interface SurveyedImage {
  readonly key: RelativeKey;
  readonly isConfirmedEmpty: boolean;
  /** Class and number of its annotations, one pair after the other in one list. */
  readonly counts: readonly number[];
}

/** An image of label files with its annotations in the form in which they are stored. */
export interface TakenImage {
  readonly key: RelativeKey;
  readonly isConfirmedEmpty: boolean;
  readonly labelCounts: readonly (readonly [label: number, count: number])[];
  /** Canonical JSON of its `ImportedAnnotation`s without the brackets around them. */
  readonly text: string;
  /** SHA-256 of the text. */
  readonly hash: Sha256;
}

// JSON has no line breaks of its own, so lines can be put together and taken apart again.

export function surveyedLine({ key, isConfirmedEmpty, counts }: SurveyedImage): string {
  return JSON.stringify([key, isConfirmedEmpty, ...counts]);
}

/** Made by `surveyedLine` in a process of ours, and not parsed once more. */
export function surveyedImages(lines: string): SurveyedImage[] {
  if (lines === '') return [];
  return lines.split('\n').map((line) => {
    const [key, isConfirmedEmpty, ...counts] = JSON.parse(line) as [RelativeKey, boolean, ...number[]];
    return { key, isConfirmedEmpty, counts };
  });
}

/** Two lines: what is said of the image, then its annotations as they are. */
export function takenLines({ key, isConfirmedEmpty, labelCounts, text, hash }: TakenImage): string {
  return `${JSON.stringify([key, isConfirmedEmpty, hash, labelCounts])}\n${text}`;
}

/** Made by `takenLines` in a process of ours, and not parsed once more. */
export function takenImages(lines: string): TakenImage[] {
  if (lines === '') return [];
  const parts = lines.split('\n');
  const images: TakenImage[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [key, isConfirmedEmpty, hash, labelCounts] = JSON.parse(parts[at] ?? '') as [
      RelativeKey,
      boolean,
      Sha256,
      [number, number][],
    ];
    images.push({ key, isConfirmedEmpty, hash, labelCounts, text: parts[at + 1] ?? '' });
  }
  return images;
}
