import { labelNameFrom } from './records/label-record';

/** A line of a list of classes. */
export interface LabelColor {
  readonly value: number | null;
  readonly name: string;
  /** 0xRRGGBB; null where the list has no colours. */
  readonly color: number | null;
}

/** label_colors.txt of CamVid and Datumaro: `r g b name`, numbered by line; lines that are something else count as well. */
export function labelColorsFrom(text: string): readonly (LabelColor & { readonly value: number })[] {
  return linesOf(text)
    .filter((line) => !line.startsWith('#'))
    .flatMap((line, value) => {
      const match = /^(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})[\s,]+(.+)$/.exec(line);
      const name = labelNameFrom(match?.[4]);
      const color = colorFrom([match?.[1], match?.[2], match?.[3]].map(Number));
      return name === null || color === null ? [] : [{ value, name, color }];
    });
}

/** The lines of a text that hold something, without the spaces around it. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Red, green and blue from 0 to 255 as 0xRRGGBB; null for other values. */
export function colorFrom(values: readonly unknown[]): number | null {
  const [red, green, blue] = values;
  if (values.length !== 3 || !isByte(red) || !isByte(green) || !isByte(blue)) return null;
  return (red << 16) | (green << 8) | blue;
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}
