import type { DatasetFolder, DatasetLabel } from '../../format';
import type { ProblemQueue } from '../problem-queue';
import { labelNameFrom } from '../records/label-record';

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
function fillerIndex(name: string): number | null {
  const digits = FILLER.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A name as one line. */
export function lineName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return name.replace(/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
}

const MAX_BYTES = 16 * 1024 * 1024;

/** As many as there are class numbers. */
const MOST_LINES = 100_001;

/**
 * Adds the names of the first of these files that is there, by class number from 0. A class that another file calls
 * otherwise is reported and keeps its first name.
 */
export async function takeNames(
  folder: DatasetFolder,
  candidates: readonly string[],
  names: Map<number, string>,
  problems: ProblemQueue,
): Promise<void> {
  const paths = new Set((await folder.list()).map(({ path }) => path));
  const path = candidates.find((one) => paths.has(one));
  if (path === undefined) return;
  const text = await folder.readText(path, MAX_BYTES);
  if (!text.ok) {
    problems.warning('labels-unreadable', path, text.error.message);
    return;
  }
  const lines = text.value.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, MOST_LINES);
  lines.forEach((line, index) => {
    const name = labelNameFrom(line);
    if (name === null || fillerIndex(name) === index) return;
    const other = names.get(index);
    if (other === undefined) names.set(index, name);
    else if (other !== name) {
      problems.error(
        'labels-differ',
        path,
        `Line ${index + 1} of ${path} is ${name}, and another sequence calls this class ${other}; ${other} is used. Sequences of one dataset need one list.`,
        index + 1,
      );
    }
  });
}
