import type { DatasetFolder, DatasetFormat, Detection } from './format';
import { FORMATS } from './index';

export interface DetectedFormat extends Detection {
  readonly format: DatasetFormat;
}

/** Below this a guess is not offered: it means that the files look like the format but none of its data was found. */
export const LEAST_CONFIDENCE = 0.5;

/**
 * What a folder may hold, best guess first; formats that are certainly not there are left out. The reasons of those
 * that were refused can be had from each format's own `detect`.
 */
export async function detectFormats(folder: DatasetFolder): Promise<readonly DetectedFormat[]> {
  const detected: DetectedFormat[] = [];
  for (const format of Object.values(FORMATS)) {
    const detection = await format.detect(folder);
    if (detection.confidence > 0) detected.push({ format, ...detection });
  }
  // Equal confidence falls back to the id, so that the same folder always gives the same order.
  return detected.sort((a, b) => b.confidence - a.confidence || (a.format.id < b.format.id ? -1 : 1));
}

/** Guesses this near to the best one are as likely: confidences are judgements in steps of about 0.05. */
const AS_LIKELY_WITHIN = 0.05;

/**
 * The best guess and all that are as likely, of those that are worth offering: none when nothing was recognised, several
 * when a person must say which it is.
 *
 * @param detected best guess first, as `detectFormats` gives it.
 */
export function likeliestFormats(detected: readonly DetectedFormat[]): readonly DetectedFormat[] {
  const best = detected[0]?.confidence ?? 0;
  return detected.filter(
    ({ confidence }) => confidence >= LEAST_CONFIDENCE && confidence > best - AS_LIKELY_WITHIN,
  );
}
