import type { DatasetFolder, DatasetLabel } from '../format';
import { joinedPath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { takeNames } from '../parts/sequences/labels-text';
import type { KnownLabels } from '../parts/sidecar/labels-file';
import type { MotSequence } from './find-mot-dataset';
import { MOT_CHALLENGE_CLASSES, MOT15_CLASS, MOT20_CROWD } from './mot-classes';

export interface MotLabels {
  readonly labels: readonly DatasetLabel[];
  /** The class of rows that name none; null when several could be meant. */
  readonly classOfUnnamed: number | null;
}

/**
 * The classes of a dataset: as our own writer listed them, else by the `labels.txt` of its sequences, else MOTChallenge's.
 *
 * @param used class numbers, from 0, that rows name.
 * @param hasUnnamed whether some rows name none, as those of MOT15.
 */
export async function motLabels(
  folder: DatasetFolder,
  sequences: readonly MotSequence[],
  known: KnownLabels | null,
  used: ReadonlySet<number>,
  hasUnnamed: boolean,
  problems: ProblemQueue,
): Promise<MotLabels> {
  const names = new Map<number, string>();
  if (known === null) {
    for (const { folder: place } of sequences) {
      const paths = [joinedPath(place, 'gt/labels.txt'), joinedPath(place, 'labels.txt')];
      await takeNames(folder, paths, names, problems);
    }
  }
  const labels: DatasetLabel[] = [...(known?.labels ?? [])];
  const isListed = labels.length > 0 || names.size > 0;
  if (!isListed && used.size > 0) {
    const count = used.has(MOT_CHALLENGE_CLASSES.length)
      ? MOT_CHALLENGE_CLASSES.length + 1
      : MOT_CHALLENGE_CLASSES.length;
    for (let index = 0; index < count; index += 1) {
      names.set(index, MOT_CHALLENGE_CLASSES[index] ?? MOT20_CROWD);
    }
  }
  const taken = new Set(labels.map(({ classIndex }) => classIndex));
  const missing = [...used].filter((index) => !names.has(index) && !taken.has(index));
  if (missing.length > 0) {
    problems.warning(
      'mot-unnamed-class',
      '',
      `No labels.txt names the classes ${missing
        .slice(0, 20)
        .map((index) => index + 1)
        .join(', ')}; they are called by their numbers.`,
    );
    for (const index of missing) names.set(index, `class-${index + 1}`);
  }
  if (!isListed && hasUnnamed && used.size === 0) names.set(0, MOT15_CLASS);
  for (const [classIndex, name] of [...names].sort(([a], [b]) => a - b)) {
    labels.push({ classIndex, name, supercategory: null });
  }
  const [first] = labels;
  // The first of MOTChallenge's classes is the one that MOT15 is about; of a list of one's own only a lone one is meant.
  const isClear = labels.length === 1 || !isListed;
  return { labels, classOfUnnamed: isClear ? (first?.classIndex ?? null) : null };
}
