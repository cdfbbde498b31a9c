import type { AttributeCell } from '../../../shared/quality/metrics/match-contribution';
import type { Annotation } from '../../../shared/schema/annotation';
import type { Actor, BatchId, ImageId, LabelId } from '../../../shared/schema/ids';
import { createNumbering } from '../../objects/numbering';
import { type Board, createBoard } from './board';
import { type ComparedSets, NONE } from './compare-sets';

/** What is compared with the truth: the image's own labels, or somebody's answer to a honeypot. */
export const SUBJECTS = ['labels', 'honeypot'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** One comparison as it comes from reading: see `compareSets` for the objects. */
export interface Comparison {
  readonly subject: Subject;
  /** The image's id, or that of the honeypot's layer: where the labels are. */
  readonly labelsId: ImageId;
  readonly imageId: ImageId;
  /** Place of the image in the project's list. */
  readonly ordinal: number;
  readonly truth: readonly Annotation[];
  readonly labels: readonly Annotation[];
  readonly compared: ComparedSets;
  /** Who answers for what is missing. */
  readonly person: Actor;
  readonly batchId: BatchId | null;
  /** `2026-11-30`, of what is missing where no object was drawn. */
  readonly day: string;
}

/** Numbers a row, in this order. */
export const COLUMN = {
  reference: 0,
  candidate: 1,
  /** Numbers of labels, `NONE` where there is no object. */
  truthLabel: 2,
  label: 3,
  person: 4,
  day: 5,
  warnings: 6,
  similarity: 7,
} as const;
export const COLUMNS = 8;

/** A comparison as it is kept: 32 bytes an object, so that 2,000,000 take 64 MB. */
export interface KeptComparison {
  readonly subject: Subject;
  readonly labelsId: ImageId;
  readonly imageId: ImageId;
  readonly ordinal: number;
  readonly batch: number;
  readonly rows: Float32Array;
  /** Pairs: number of the attribute cell, how many pairs of objects are in it. */
  readonly attributes: Uint32Array;
}

export interface ComparisonTable {
  readonly labels: readonly LabelId[];
  readonly people: readonly Actor[];
  readonly days: readonly string[];
  readonly batches: readonly (BatchId | '')[];
  /** What the numbers of attribute cells mean. */
  attributeCell(number: number, count: number): AttributeCell;
  readonly size: number;
  board(subject: Subject): Board;
  /** Takes a comparison in place of the one with the same `labelsId`. */
  put(comparison: Comparison): void;
  remove(labelsId: ImageId): void;
  get(labelsId: ImageId): KeptComparison | undefined;
  all(): Iterable<KeptComparison>;
  /** Warns of pairs below another similarity from now on. O(objects). */
  setLowOverlap(lowOverlap: number): void;
  clear(): void;
}

/**
 * What became of every object that was compared with ground truth, and counts of it by label, person, batch, day and
 * attribute. An edited image is taken out of the counts and added as it is now: O(objects of the image).
 */
export function createComparisonTable(firstLowOverlap: number): ComparisonTable {
  const labels = createNumbering<LabelId>();
  const people = createNumbering<Actor>();
  const days = createNumbering<string>();
  const batches = createNumbering<BatchId | ''>();
  const attributeCells = createNumbering<string>();
  const kept = new Map<ImageId, KeptComparison>();
  let boards = freshBoards();
  let lowOverlap = firstLowOverlap;

  function freshBoards(): Readonly<Record<Subject, Board>> {
    return { labels: createBoard(), honeypot: createBoard() };
  }

  function pack({ truth, labels: own, compared: { objects }, person, day }: Comparison): Float32Array {
    const rows = new Float32Array(objects.length * COLUMNS);
    objects.forEach((object, index) => {
      const reference = object.reference === NONE ? undefined : truth[object.reference];
      const candidate = object.candidate === NONE ? undefined : own[object.candidate];
      const at = index * COLUMNS;
      rows[at + COLUMN.reference] = object.reference;
      rows[at + COLUMN.candidate] = object.candidate;
      rows[at + COLUMN.truthLabel] = reference === undefined ? NONE : labels.numberOf(reference.labelId);
      rows[at + COLUMN.label] = candidate === undefined ? NONE : labels.numberOf(candidate.labelId);
      rows[at + COLUMN.person] = people.numberOf(candidate?.createdBy ?? person);
      rows[at + COLUMN.day] = days.numberOf(candidate?.updatedAt.slice(0, 10) ?? day);
      rows[at + COLUMN.warnings] = object.warnings;
      rows[at + COLUMN.similarity] = object.similarity;
    });
    return rows;
  }

  function packAttributes({ compared }: Comparison): Uint32Array {
    return Uint32Array.from(
      compared.attributes.flatMap(({ attributeId, reference, candidate, count }) => [
        attributeCells.numberOf(JSON.stringify({ attributeId, reference, candidate })),
        count,
      ]),
    );
  }

  function remove(labelsId: ImageId): void {
    const before = kept.get(labelsId);
    if (before === undefined) return;
    boards[before.subject].add(before, -1, lowOverlap);
    kept.delete(labelsId);
  }

  return {
    labels: labels.values,
    people: people.values,
    days: days.values,
    batches: batches.values,
    attributeCell: (number, count) => ({ ...JSON.parse(attributeCells.values[number] ?? '{}'), count }),
    get size() {
      return kept.size;
    },
    board: (subject) => boards[subject],
    put(comparison) {
      remove(comparison.labelsId);
      const { subject, labelsId, imageId, ordinal, batchId } = comparison;
      const packed: KeptComparison = {
        subject,
        labelsId,
        imageId,
        ordinal,
        batch: batches.numberOf(batchId ?? ''),
        rows: pack(comparison),
        attributes: packAttributes(comparison),
      };
      kept.set(labelsId, packed);
      boards[subject].add(packed, 1, lowOverlap);
    },
    remove,
    get: (labelsId) => kept.get(labelsId),
    all: () => kept.values(),
    setLowOverlap(next) {
      if (next === lowOverlap) return;
      lowOverlap = next;
      boards = freshBoards();
      for (const comparison of kept.values()) boards[comparison.subject].add(comparison, 1, lowOverlap);
    },
    clear() {
      kept.clear();
      boards = freshBoards();
    },
  };
}
