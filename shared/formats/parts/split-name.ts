import type { Split } from '../../schema/dataset-version';

const SPLIT_BY_WORD: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  minival: 'val',
  test: 'test',
  testing: 'test',
};

/** The split that a file or folder name speaks of, e.g. `instances_val2017.json` or `labels/train`; null for none. */
export function splitFromName(name: string): Split | null {
  for (const word of name.toLowerCase().split(/[^a-z]+/)) {
    const split = Object.hasOwn(SPLIT_BY_WORD, word) ? SPLIT_BY_WORD[word] : undefined;
    if (split !== undefined) return split;
  }
  return null;
}

/** The split that a folder is named after as a whole: `train` or `testing`, not `train-station`; null for none. */
export function splitOfFolder(name: string): Split | null {
  const word = name.toLowerCase();
  return Object.hasOwn(SPLIT_BY_WORD, word) ? (SPLIT_BY_WORD[word] ?? null) : null;
}
