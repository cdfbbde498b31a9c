import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { maskFromCocoRle } from '../parts/coco-rle';
import { wholeFrom } from '../parts/decimal';
import type { RowFault, SequenceRow } from '../parts/sequences/rows-of-sequence';
import { IDS_A_CLASS, IGNORED_ID, LARGEST_ID } from './mots-classes';

export interface MotsRow extends SequenceRow {
  readonly id: number;
  /** Counted from 0. */
  readonly classIndex: number;
  readonly trackId: string | null;
  readonly shape: MaskShape;
  /** Of the picture. */
  readonly size: Size;
}

const LARGEST_FRAME = 1_000_000_000;

/**
 * A row `frame id class height width rle`. The mask's runs are COCO's.
 * @param firstFrame the number of the first frame: 1 in MOTSChallenge, 0 in KITTI MOTS.
 */
export function parseMotsRow(cells: readonly string[], firstFrame: 0 | 1): MotsRow | RowFault {
  if (cells.length !== 6) {
    return {
      code: 'mots-bad-row',
      reason: `has ${cells.length} columns where "frame id class height width rle" are 6`,
    };
  }
  const [frame, id, classNumber, height, width] = cells.map(wholeFrom);
  if (frame == null || id == null || classNumber == null || height == null || width == null) {
    return { code: 'mots-not-a-number', reason: 'has no whole number in its first five columns' };
  }
  if (frame < firstFrame || frame > LARGEST_FRAME) {
    return {
      code: 'mots-bad-frame',
      reason: `has frame ${frame}, and frames are counted from ${firstFrame}`,
    };
  }
  const known = classOfId(id);
  if (known === null || known.classIndex + 1 !== classNumber) {
    return {
      code: 'mots-bad-id',
      reason: `has id ${id} and class ${classNumber}; an id is the class times ${IDS_A_CLASS} and the object's number`,
    };
  }
  const shape = maskFromCocoRle({ counts: (cells[5] ?? '').trim(), size: [height, width] });
  if (shape === null)
    return { code: 'mots-bad-mask', reason: `has runs that do not fit ${width} × ${height} px` };
  if (shape === 'empty') return { code: 'mots-empty-mask', reason: 'has a mask that sets no pixel' };
  return { frame: frame - firstFrame + 1, id, ...known, shape, size: { width, height } };
}

/** What an id says; null for one that no object has. */
export function classOfId(id: number): Pick<MotsRow, 'classIndex' | 'trackId'> | null {
  if (id < IDS_A_CLASS || id > LARGEST_ID) return null;
  return {
    classIndex: Math.floor(id / IDS_A_CLASS) - 1,
    trackId: id === IGNORED_ID ? null : String(id),
  };
}
