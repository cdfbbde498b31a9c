import type { AttributeValue } from '../../schema/label-schema';
import type { Attributes } from '../format';
import { decimalFrom } from '../parts/decimal';
import { cellOf, type Table } from './tables';

/** What a row says beside its place. */
export interface RowDetails {
  readonly imageId: string;
  readonly labelName: string;
  readonly attributes: Attributes;
  readonly isCrowd: boolean;
  readonly score: number | null;
}

/** Flags by the column that holds them; 1 is yes, 0 is no, -1 nobody said. */
export const FLAGS = [
  ['isoccluded', 'IsOccluded', 'occluded'],
  ['istruncated', 'IsTruncated', 'truncated'],
  ['isdepiction', 'IsDepiction', 'IsDepiction'],
  ['isinside', 'IsInside', 'IsInside'],
] as const;

/** Columns that are kept as they stand, under their own names. */
const TEXTS = [
  ['source', 'Source'],
  ['clicks', 'Clicks'],
] as const;

/**
 * A confidence of 1 is what stands beside all that people drew, and says nothing; 1.0 is a score. A label of the whole
 * picture with a confidence of 0 was verified to be absent.
 */
export function detailsOf(table: Table, cells: readonly string[]): RowDetails {
  const confidence = cellOf(table, cells, 'confidence').trim();
  const value = decimalFrom(confidence);
  const attributes: [string, AttributeValue][] = [];
  for (const [column, , name] of FLAGS) {
    const flag = decimalFrom(cellOf(table, cells, column));
    if (flag === 1 || flag === 0) attributes.push([name, flag === 1]);
  }
  for (const [column, name] of TEXTS) {
    const text = cellOf(table, cells, column);
    if (text !== '') attributes.push([name, text.slice(0, 10_000)]);
  }
  const iou = decimalFrom(cellOf(table, cells, 'predictediou'));
  if (iou !== null) attributes.push(['PredictedIoU', iou]);
  return {
    imageId: cellOf(table, cells, 'imageid'),
    labelName: cellOf(table, cells, 'labelname'),
    attributes: Object.fromEntries(attributes),
    isCrowd: decimalFrom(cellOf(table, cells, 'isgroupof')) === 1,
    score: value === null || confidence === '1' || value < 0 || value > 1 ? null : value,
  };
}

export function isAbsent(table: Table, cells: readonly string[]): boolean {
  return table.kind === 'labels' && cellOf(table, cells, 'confidence').trim() === '0';
}
