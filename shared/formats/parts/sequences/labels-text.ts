import type { DatasetLabel } from '../../format';

/** A list longer than the largest class number is none. */
const FILLER = /^unused-(\d{1,6})$/;

/**
 * The text of a `labels.txt`: the class of number n, from 1, is called by line n. Numbers that no class has are filled,
 * because readers count lines and some pass over empty ones.
 *
 * @param writtenNames names that fit a line, by class number from 0.
 */
export function labelsText(
  labels: readonly DatasetLabel[],
  writtenNames: ReadonlyMap<number, string>,
): string {
  const count = labels.reduce((most, { classIndex }) => Math.max(most, classIndex + 1), 0);
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) lines.push(writtenNames.get(index) ?? `unused-${index}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The number, from 0, that a filler of ours stands at, or null for a name. */
export function fillerIndex(name: string): number | null {
  const digits = FILLER.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A name as one line. */
export function lineName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return name.replace(/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
}
