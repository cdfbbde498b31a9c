import { MATCH_WARNINGS } from '../../../shared/quality/matching/match-warnings';
import type { Actor, LabelId } from '../../../shared/schema/ids';
import { NONE, warningBit } from './compare-sets';
import { COLUMN, COLUMNS, type ComparisonTable, type KeptComparison, type Subject } from './comparison-table';

/** What is wrong, or deserves a look. */
export const ERROR_KINDS = [
  'missing',
  'extra',
  'mislabelled',
  'lowOverlap',
  'attributesDiffer',
  'groupsDiffer',
  'directionReversed',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** Kinds that count against precision and recall; the others are warnings. */
export const COUNTED_ERRORS: readonly ErrorKind[] = ['missing', 'extra', 'mislabelled'];

export interface ErrorFilter {
  readonly subject: Subject;
  readonly kinds: readonly ErrorKind[];
  readonly person?: Actor | undefined;
  /** A cell of the confusion matrix, right pairs included; null is no object. */
  readonly cell?: { readonly truth: LabelId | null; readonly label: LabelId | null } | undefined;
  /** Of either side. */
  readonly labelId?: LabelId | undefined;
}

/** Where an error is: a row of a comparison. */
export interface ErrorPlace {
  readonly comparison: KeptComparison;
  readonly row: number;
  /** Several things may be wrong with one pair. `right` of a cell on the diagonal. */
  readonly kinds: readonly (ErrorKind | 'right')[];
}

const WARNING_KINDS = MATCH_WARNINGS.filter((kind): kind is Extract<typeof kind, ErrorKind> =>
  (ERROR_KINDS as readonly string[]).includes(kind),
);

/** Errors in the order of images, at most `most` of them, and how many there are. O(objects). */
export function listErrors(
  table: ComparisonTable,
  filter: ErrorFilter,
  lowOverlap: number,
  most: number,
): { readonly total: number; readonly places: readonly ErrorPlace[] } {
  const person = filter.person === undefined ? undefined : table.people.indexOf(filter.person);
  const numberOf = (id: LabelId | null) => (id === null ? NONE : table.labels.indexOf(id));
  const cell = filter.cell && { truth: numberOf(filter.cell.truth), label: numberOf(filter.cell.label) };
  const label = filter.labelId === undefined ? undefined : numberOf(filter.labelId);
  const comparisons = [...table.all()]
    .filter(({ subject }) => subject === filter.subject)
    .sort((a, b) => a.ordinal - b.ordinal);
  const places: ErrorPlace[] = [];
  let total = 0;
  for (const comparison of comparisons) {
    const { rows } = comparison;
    for (let at = 0; at < rows.length; at += COLUMNS) {
      if (person !== undefined && rows[at + COLUMN.person] !== person) continue;
      const truth = rows[at + COLUMN.truthLabel] ?? NONE;
      const own = rows[at + COLUMN.label] ?? NONE;
      if (cell !== undefined && (truth !== cell.truth || own !== cell.label)) continue;
      if (label !== undefined && truth !== label && own !== label) continue;
      const found = kindsOf(rows, at, lowOverlap);
      const kinds = cell === undefined ? found.filter((kind) => filter.kinds.includes(kind)) : orRight(found);
      if (kinds.length === 0) continue;
      total += 1;
      if (places.length < most) places.push({ comparison, row: at / COLUMNS, kinds });
    }
  }
  return { total, places };
}

function orRight(kinds: readonly ErrorKind[]): readonly (ErrorKind | 'right')[] {
  return kinds.length === 0 ? ['right'] : kinds;
}

function kindsOf(rows: Float32Array, at: number, lowOverlap: number): readonly ErrorKind[] {
  const truth = rows[at + COLUMN.truthLabel] ?? NONE;
  const label = rows[at + COLUMN.label] ?? NONE;
  if (truth === NONE) return ['extra'];
  if (label === NONE) return ['missing'];
  if (truth !== label) return ['mislabelled'];
  const warnings = rows[at + COLUMN.warnings] ?? 0;
  const kinds: ErrorKind[] = (rows[at + COLUMN.similarity] ?? 0) < lowOverlap ? ['lowOverlap'] : [];
  if (warnings === 0) return kinds;
  return [...kinds, ...WARNING_KINDS.filter((kind) => (warnings & warningBit(kind)) !== 0)];
}
