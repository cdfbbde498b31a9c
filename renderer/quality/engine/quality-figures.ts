import { type AttributeFigures, figuresByAttribute } from '../../../shared/quality/metrics/attribute-figures';
import { type ConfusionMatrix, confusionMatrix } from '../../../shared/quality/metrics/confusion-matrix';
import {
  type DetectionFigures,
  figuresByLabel,
  type LabelFigures,
  overallFigures,
} from '../../../shared/quality/metrics/detection-figures';
import type { Board, GroupKind } from './board';
import type { CellCounts } from './cell-counts';
import type { ComparisonTable, Subject } from './comparison-table';

export interface GroupFigures extends DetectionFigures {
  /** The person's name, the batch's id (empty: in none) or the day. */
  readonly key: string;
  /** Pairs of the same label that are less alike than `lowOverlap`. */
  readonly low: number;
}

/** All figures over what is compared with ground truth. */
export interface SubjectFigures {
  /** Images, or answers to honeypots. */
  readonly comparisons: number;
  readonly overall: DetectionFigures;
  readonly low: number;
  readonly byLabel: readonly LabelFigures[];
  readonly byPerson: readonly GroupFigures[];
  readonly byBatch: readonly GroupFigures[];
  /** Oldest first. */
  readonly byDay: readonly GroupFigures[];
  readonly byAttribute: readonly AttributeFigures[];
  /** Of label ids; null is no object. */
  readonly confusion: ConfusionMatrix<string>;
}

export function figuresOf(table: ComparisonTable, subject: Subject): SubjectFigures {
  const board = table.board(subject);
  const labelAt = (number: number) => table.labels[number] ?? '';
  const cells = board.all.cells(labelAt);
  return {
    comparisons: board.comparisons,
    overall: overallFigures(cells),
    low: board.all.low,
    byLabel: figuresByLabel(cells),
    byPerson: groupsOf(board, 'person', table.people, labelAt),
    byBatch: groupsOf(board, 'batch', table.batches, labelAt),
    byDay: groupsOf(board, 'day', table.days, labelAt),
    byAttribute: figuresByAttribute(
      board.attributes().map(([cell, count]) => table.attributeCell(cell, count)),
    ),
    confusion: confusionMatrix(cells),
  };
}

function groupsOf(
  board: Board,
  kind: GroupKind,
  keys: readonly string[],
  labelAt: (number: number) => string,
): readonly GroupFigures[] {
  const figures = (key: string, counts: CellCounts): GroupFigures => ({
    key,
    low: counts.low,
    ...overallFigures(counts.cells(labelAt)),
  });
  return board
    .groups(kind)
    .map(([number, counts]) => figures(keys[number] ?? '', counts))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
