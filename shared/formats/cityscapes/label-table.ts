import type { DatasetFolder, DatasetLabel } from '../format';
import { labelColorsFrom } from '../parts/label-colors';
import type { ProblemQueue } from '../parts/problem-queue';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import {
  CITYSCAPES_LABELS,
  classOfGroup,
  FIRST_OWN_ID,
  OFFICIAL_BY_NAME,
  OFFICIAL_LABELS,
} from './cityscapes-labels';
import type { CityscapesFolder } from './find-cityscapes';

/** The labels of a dataset, and by what its files call them. */
export interface LabelTable {
  readonly labels: readonly DatasetLabel[];
  readonly byName: ReadonlyMap<string, DatasetLabel>;
  readonly byId: ReadonlyMap<number, DatasetLabel>;
  readonly byTrainId: ReadonlyMap<number, DatasetLabel>;
  hasInstances(label: DatasetLabel): boolean;
}

const MAX_LIST_BYTES = 4 * 1024 * 1024;

/**
 * The labels that our own file lists, or Datumaro's label_colors.txt (numbered by line), or the 35 of Cityscapes.
 * Names that only polygons have are added in code-unit order.
 */
export async function labelTable(
  folder: DatasetFolder,
  found: CityscapesFolder,
  problems: ProblemQueue,
  names: AsyncIterable<readonly string[]>,
): Promise<LabelTable> {
  const known = await readLabelsFile(folder, found.root, problems);
  if (known !== null) {
    const written = [...known.byWrittenName].map(([name, label]) => ({ ...label, name }));
    return tableOf(known.labels, known.byWrittenName, idsOfLabels(written));
  }
  const listed = await listedLabels(folder, found);
  const isOfficial = listed === null;
  const labels = [...(listed ?? OFFICIAL_LABELS)];
  const taken = new Set(labels.map((label) => label.name));
  const others = new Set<string>();
  for await (const some of names) {
    for (const name of some) if (!taken.has(name) && classOfGroup(name) === null) others.add(name);
  }
  let next = Math.max(-1, ...labels.map((label) => label.classIndex)) + 1;
  for (const name of [...others].sort()) {
    labels.push({ classIndex: next, name, supercategory: null });
    next += 1;
  }
  const ids = isOfficial
    ? idsOfLabels(labels)
    : new Map(labels.map((label) => [label.name, label.classIndex] as const));
  return tableOf(labels, new Map(labels.map((label) => [label.name, label])), ids);
}

/** The number of each label in the pixels: Cityscapes' own, or one from 34 on for other names, in the order of labels. */
export function idsOfLabels(labels: readonly DatasetLabel[]): ReadonlyMap<string, number> {
  let next = FIRST_OWN_ID;
  return new Map(
    labels.map(({ name }) => {
      const official = OFFICIAL_BY_NAME.get(name);
      if (official !== undefined) return [name, official.id] as const;
      next += 1;
      return [name, next - 1] as const;
    }),
  );
}

function tableOf(
  labels: readonly DatasetLabel[],
  byName: ReadonlyMap<string, DatasetLabel>,
  ids: ReadonlyMap<string, number>,
): LabelTable {
  const byId = new Map<number, DatasetLabel>();
  for (const [name, label] of byName) {
    const id = ids.get(name) ?? -1;
    if (id >= 0 && !byId.has(id)) byId.set(id, label);
  }
  const byTrainId = new Map<number, DatasetLabel>();
  for (const { name, trainId } of CITYSCAPES_LABELS) {
    const label = byName.get(name);
    if (label !== undefined && trainId >= 0 && trainId < 255) byTrainId.set(trainId, label);
  }
  return {
    labels,
    byName,
    byId,
    byTrainId,
    hasInstances: ({ name }) => OFFICIAL_BY_NAME.get(name)?.hasInstances ?? true,
  };
}

async function listedLabels(
  folder: DatasetFolder,
  { labelColors }: CityscapesFolder,
): Promise<readonly DatasetLabel[] | null> {
  if (labelColors === null) return null;
  const read = await folder.readText(labelColors, MAX_LIST_BYTES);
  const entries = read.ok ? labelColorsFrom(read.value) : [];
  if (entries.length === 0) return null;
  const seen = new Set<string>();
  return entries.flatMap(({ value: classIndex, name, color }): readonly DatasetLabel[] => {
    if (seen.has(name)) return [];
    seen.add(name);
    const shown = color === null ? {} : { color: `#${color.toString(16).padStart(6, '0')}` };
    return [{ classIndex, name, supercategory: null, ...shown }];
  });
}
