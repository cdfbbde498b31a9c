import type { Split } from '../../schema/dataset-version';
import type { DatasetLabel, DatasetSink } from '../format';
import { openBuffered } from '../parts/buffered-file';
import { tallyRenamedLabels } from '../parts/dropped-parts';
import type { LossTally } from '../parts/loss-tally';
import { SIZES_FILE } from './image-sizes';
import { jointEdgesText } from './joint-edges';
import type { LinePlan } from './line-plan';
import type { Survey } from './survey-source';

export type ListName = 'train' | 'val' | 'test' | 'all';

/** Beyond this a hole-filled list of names is a mistake, not a label schema. */
const MAX_NAMES = 100_001;

/** Darknet's folder of the pictures and labels of a split. */
export function darknetFolder(split: Split | null): string {
  return `obj_${split === 'val' ? 'valid' : (split ?? 'train')}_data`;
}

/** Darknet calls validation `valid`. */
export function darknetListFile(list: ListName): string {
  return `${list === 'val' ? 'valid' : list}.txt`;
}

function trainingOf(lists: ReadonlySet<ListName>): ListName {
  if (lists.has('train')) return 'train';
  return lists.has('all') ? 'all' : lists.has('val') ? 'val' : 'test';
}

function validationOf(lists: ReadonlySet<ListName>): ListName {
  return lists.has('val') ? 'val' : lists.has('test') ? 'test' : trainingOf(lists);
}

/** Names by number without gaps, because trainers want none: numbers that no class has are filled. */
function* namesOf(labels: readonly DatasetLabel[]): Generator<readonly [number, string | null]> {
  const nameByIndex = new Map(labels.map((label) => [label.classIndex, label.name]));
  const count = Math.min(Math.max(-1, ...nameByIndex.keys()) + 1, MAX_NAMES);
  for (let index = 0; index < count; index += 1) yield [index, nameByIndex.get(index) ?? null];
}

function notesOn(
  lists: ReadonlySet<ListName>,
  holes: number,
  file: string,
  isUltralytics: boolean,
): string[] {
  const notes: string[] = [];
  if (isUltralytics && !lists.has('val')) {
    notes.push(
      `There is no validation split and Ultralytics needs one: "val" in data.yaml points to ${validationOf(lists)}.txt.`,
    );
  }
  if (isUltralytics && !lists.has('train') && !lists.has('all')) {
    notes.push(
      `There is no training split and Ultralytics needs one: "train" in data.yaml points to ${trainingOf(lists)}.txt.`,
    );
  }
  if (holes > 0)
    notes.push(`${holes} class numbers belong to no label; they are called unused-<number> in ${file}.`);
  return notes;
}

/** `data.yaml` for Ultralytics. Gives what a person should know of it. */
export async function writeDataYaml(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  lists: ReadonlySet<ListName>,
  plan: LinePlan,
  { counts, edgesOfClass }: Survey,
): Promise<readonly string[]> {
  const file = await openBuffered(sink, 'data.yaml');
  const { hasBoxOutlines } = plan;
  await file.write(
    [
      '# Written by Groundmark. Boxes are fractions of the picture as displayed (EXIF orientation applied);',
      `# the sizes they refer to are in ${SIZES_FILE}. Pictures belong in images/, below this file.`,
      // No "path": Ultralytics takes a relative one from where it was started, and without one from this file.

      `train: ${trainingOf(lists)}.txt`,
      `val: ${validationOf(lists)}.txt`,
      ...(lists.has('test') ? ['test: test.txt'] : []),
      '',
      '# Ultralytics finds the task by the model; other readers of eight numbers need it.',
      `task: ${plan.task}`,
      ...(hasBoxOutlines
        ? ['# Upright outlines of four corners, clockwise from the top left, are boxes.']
        : []),
      ...(hasBoxOutlines ? ['box_outlines: true'] : []),
      '',
      '# Class numbers are permanent; numbers that no class has are filled, because names must be gapless.',
      'names:',
      '',
    ].join('\n'),
  );
  let holes = 0;
  for (const [index, name] of namesOf(labels)) {
    if (name === null) holes += 1;
    await file.write(`  ${index}: ${JSON.stringify(name ?? `unused-${index}`)}\n`);
  }
  if (plan.task === 'pose') {
    await file.write(`\nkpt_shape: [${plan.jointCount}, 3]\nkpt_names:\n`);
    for (const { classIndex } of labels) {
      const names = plan.jointsOfClass.get(classIndex) ?? [];
      await file.write(`  ${classIndex}: [${names.map((name) => JSON.stringify(name)).join(', ')}]\n`);
    }
    const withEdges = labels.flatMap(({ classIndex }) => {
      const edges = edgesOfClass.get(classIndex) ?? [];
      return edges.length === 0 ? [] : [`  ${classIndex}: ${jointEdgesText(edges)}\n`];
    });
    if (withEdges.length > 0)
      await file.write(
        `# Which joints are joined, by their places in kpt_names.\nkpt_edges:\n${withEdges.join('')}`,
      );
  }
  await file.close();
  const notes = notesOn(lists, holes, 'data.yaml', true);
  if (plan.task === 'pose') {
    notes.push(
      'data.yaml has no "flip_idx": Ultralytics will not mirror pictures for training until you say which joints change sides.',
    );
  }
  if (hasBoxOutlines) {
    notes.push(
      `${counts.get('box') ?? 0} boxes are written as four corners, since trainers take no mixture; "box_outlines" in data.yaml says so.`,
    );
  }
  return notes;
}

/** `obj.names` and `obj.data` for Darknet. Gives what a person should know of them. */
export async function writeDarknetConfig(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  lists: ReadonlySet<ListName>,
  tally: LossTally,
): Promise<readonly string[]> {
  const written = new Map(labels.map(({ classIndex, name }) => [classIndex, onOneLine(name)]));
  tallyRenamedLabels(tally, labels, written, 'obj.names, with one name a line,');
  const names = await openBuffered(sink, 'obj.names');
  let count = 0;
  let holes = 0;
  for (const [index, name] of namesOf(labels)) {
    if (name === null) holes += 1;
    count += 1;
    await names.write(`${written.get(index) ?? `unused-${index}`}\n`);
  }
  await names.close();
  const data = await openBuffered(sink, 'obj.data');
  // A list that stands in for another would be read twice by those who take every line for a part of the dataset.
  const lines = (['train', 'all', 'val', 'test'] as const)
    .filter((list) => lists.has(list))
    .map(
      (list) =>
        `${list === 'val' ? 'valid' : list === 'all' ? 'train' : list} = data/${darknetListFile(list)}`,
    );
  await data.write(
    [`classes = ${count}`, ...lines, 'names = data/obj.names', 'backup = backup/', ''].join('\n'),
  );
  await data.close();
  const notes = notesOn(lists, holes, 'obj.names', false);
  notes.push('Paths begin with data/, as Darknet has it: put the folder in its place under that name.');
  if (!lists.has('val'))
    notes.push('There is no validation split; name a list as "valid" in obj.data before you train.');
  if (!lists.has('train') && !lists.has('all'))
    notes.push('There is no training split; name a list as "train" in obj.data before you train.');
  return notes;
}

function onOneLine(name: string): string {
  return name.replace(/[^\P{Cc}\t]|[\u2028\u2029]/gu, ' ').trim();
}
