import type { DatasetFolder, DatasetLabel, DatasetSink } from '../../format';
import { openBuffered } from '../buffered-file';
import { isRecord, listFrom } from '../json/json-values';
import { joinedPath } from '../picture-index';
import type { ProblemQueue } from '../problem-queue';
import { labelFromRecord, labelRecord } from '../records/label-record';

/**
 * A file of ours at the root of a dataset whose format has no list of classes, or cannot write every name: numbers,
 * names and all else of the labels, and what each is called in the dataset. Programs that know the format pass over it.
 */
export const LABELS_FILE = 'groundmark-labels.json';

const MAX_BYTES = 64 * 1024 * 1024;

/** Names have at most 100 characters. */
const ROOM_FOR_A_NUMBER = 90;

/** @param writtenNames what a label is called in the dataset, by class number. */
export async function writeLabelsFile(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  writtenNames: ReadonlyMap<number, string>,
): Promise<void> {
  const file = await openBuffered(sink, LABELS_FILE);
  const records = labels.map((label) =>
    JSON.stringify({ ...labelRecord(label), written_as: writtenNames.get(label.classIndex) ?? label.name }),
  );
  await file.write(`{"labels":[${records.length === 0 ? '' : `\n${records.join(',\n')}\n`}]}\n`);
  await file.close();
}

export interface KnownLabels {
  readonly labels: readonly DatasetLabel[];
  readonly byWrittenName: ReadonlyMap<string, DatasetLabel>;
}

/** What the file says, or null when there is none or it is not readable, which is reported. */
export async function readLabelsFile(
  folder: DatasetFolder,
  root: string,
  problems: ProblemQueue,
): Promise<KnownLabels | null> {
  const path = joinedPath(root, LABELS_FILE);
  if (!(await folder.list()).some((file) => file.path === path)) return null;
  const text = await folder.readText(path, MAX_BYTES);
  const records = text.ok ? recordsOf(text.value) : null;
  if (records === null) {
    problems.warning(
      'labels-file-damaged',
      path,
      `${path} cannot be read; classes are named and numbered by what the dataset itself says.`,
    );
    return null;
  }
  const byWrittenName = new Map<string, DatasetLabel>();
  const classes = new Set<number>();
  const labels: DatasetLabel[] = [];
  for (const record of records) {
    const label = labelFromRecord(record);
    const written = isRecord(record) && typeof record.written_as === 'string' ? record.written_as : null;
    if (label === null || written === null || byWrittenName.has(written) || classes.has(label.classIndex)) {
      problems.warning(
        'labels-file-damaged',
        path,
        `A label of ${path} is not complete or stands there twice; it was passed over.`,
      );
      continue;
    }
    classes.add(label.classIndex);
    byWrittenName.set(written, label);
    labels.push(label);
  }
  return { labels, byWrittenName };
}

function recordsOf(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? listFrom(value.labels) : null;
  } catch {
    return null;
  }
}

/**
 * A name for each label that the format can write, each once: what `clean` makes of the label's own, with a number where
 * two would be the same. Names that need no cleaning stay.
 */
export function writtenNamesOf(
  labels: readonly DatasetLabel[],
  clean: (name: string) => string,
): ReadonlyMap<number, string> {
  const taken = new Set<string>();
  const names = new Map<number, string>();
  for (const { classIndex, name } of labels) {
    if (clean(name) !== name || taken.has(name)) continue;
    taken.add(name);
    names.set(classIndex, name);
  }
  for (const { classIndex, name } of labels) {
    if (names.has(classIndex)) continue;
    const base = clean(name);
    let written = base;
    for (let count = 2; taken.has(written); count += 1)
      written = `${base.slice(0, ROOM_FOR_A_NUMBER)}_${count}`;
    taken.add(written);
    names.set(classIndex, written);
  }
  return names;
}
