import type { DatasetLabel } from '../formats/format';

export const LABEL_KINDS = ['labelMissing', 'labelExtra', 'labelChanged'] as const;

export interface LabelDifference {
  readonly kind: (typeof LABEL_KINDS)[number];
  readonly description: string;
}

export interface CompareLabelsOptions {
  /** Whether a class must keep its number; otherwise names alone are compared. */
  readonly byNumber: boolean;
  /** Classes that no annotation carries may be missing from B: these numbers of A are in use. Null: all must be there. */
  readonly usedInA: ReadonlySet<number> | null;
}

/** How the class list B differs from A, in the order of A and then of B. */
export function compareLabels(
  a: readonly DatasetLabel[],
  b: readonly DatasetLabel[],
  { byNumber, usedInA }: CompareLabelsOptions,
): readonly LabelDifference[] {
  const differences: LabelDifference[] = [];
  const byIndex = new Map(b.map((label) => [label.classIndex, label]));
  const namesOfA = new Set(a.map(({ name }) => name));
  const numbersOfA = new Set(a.map(({ classIndex }) => classIndex));
  const namesOfB = new Set(b.map(({ name }) => name));
  for (const label of a) {
    const { classIndex, name } = label;
    const isThere = namesOfB.has(name);
    if (byNumber) {
      const other = byIndex.get(classIndex);
      if (other?.name === name) continue;
      if (other !== undefined) {
        differences.push({ kind: 'labelChanged', description: `${inWords(label)} became "${other.name}"` });
        continue;
      }
      if (isThere) {
        differences.push({ kind: 'labelChanged', description: `${inWords(label)} has another number` });
        continue;
      }
    }
    if (!isThere && (usedInA === null || usedInA.has(classIndex))) {
      differences.push({
        kind: 'labelMissing',
        description: `${inWords(label)} is only in the first dataset`,
      });
    }
  }
  for (const label of b) {
    const isKnown = byNumber ? numbersOfA.has(label.classIndex) : false;
    if (!isKnown && !namesOfA.has(label.name)) {
      differences.push({
        kind: 'labelExtra',
        description: `${inWords(label)} is only in the second dataset`,
      });
    }
  }
  return differences;
}

function inWords({ classIndex, name }: DatasetLabel): string {
  return `class ${classIndex} "${name}"`;
}
