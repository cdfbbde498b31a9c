import type { AttributeValue } from '../../schema/label-schema';
import type { BoxShape } from '../../schema/shapes';
import type { Attributes } from '../format';
import { boxFromCorner } from '../parts/box-from-edges';
import { decimalFrom, wholeFrom } from '../parts/decimal';

/** How the columns of a file are to be taken. */
export interface MotDialect {
  /** MOT15: places in the world follow the flag, and there is no class and no visibility. */
  readonly hasWorldPlaces: boolean;
  /** A detector's results: the flag is its confidence. */
  readonly isDetections: boolean;
  /** The number of the first pixel in both directions. */
  readonly firstPixel: 0 | 1;
  readonly firstClass: 0 | 1;
}

export interface MotRow {
  /** Counted from 1. */
  readonly frame: number;
  /** Null when the object is not tracked. */
  readonly trackId: string | null;
  /** Counted from 0; null when the row names none. */
  readonly classIndex: number | null;
  readonly shape: BoxShape;
  readonly attributes: Attributes;
  readonly score: number | null;
}

export interface MotFault {
  readonly code: string;
  /** For a person, to follow "line 3". */
  readonly reason: string;
}

const NEEDED_COLUMNS = 6;
const LARGEST_FRAME = 1_000_000_000;
const LARGEST_CLASS = 100_000;

/** The frame that a row belongs to, from 1, or what is wrong with it. */
export function frameOfRow(cells: readonly string[]): number | MotFault {
  if (cells.length < NEEDED_COLUMNS) {
    return {
      code: 'mot-bad-row',
      reason: `has ${cells.length} columns where "frame, id, left, top, width, height" needs 6`,
    };
  }
  const frame = wholeFrom(cells[0] ?? '');
  if (frame === null || frame < 1 || frame > LARGEST_FRAME) {
    const hint = frame === 0 ? '; frames are counted from 1' : '';
    return {
      code: 'mot-bad-frame',
      reason: `begins with "${shown(cells[0])}", which is no frame number${hint}`,
    };
  }
  return frame;
}

/** Tells MOT15's ten columns from those of later years by the first rows: a class from 1 and a visibility to 1 is no place. */
export function hasWorldPlaces(rows: readonly (readonly string[])[]): boolean {
  const whole = rows.filter((cells) => cells.length >= NEEDED_COLUMNS);
  if (whole.length === 0 || whole.some((cells) => cells.length < 10)) return false;
  return !whole.every((cells) => {
    const number = wholeFrom(cells[7] ?? '');
    const visibility = decimalFrom(cells[8] ?? '');
    return number !== null && number >= 0 && visibility !== null && visibility >= 0 && visibility <= 1;
  });
}

/**
 * A row `frame,id,left,top,width,height,flag,class,visibility`, or MOT15's `…,flag,x,y,z`. A flag of 0 (ignored in
 * evaluation) becomes the attribute `ignored`; -1 stands for nothing everywhere but in the box, and an id of 0 is an id.
 */
export function parseMotRow(cells: readonly string[], dialect: MotDialect): MotRow | MotFault {
  const frame = frameOfRow(cells);
  if (typeof frame !== 'number') return frame;
  const numbers: number[] = [];
  for (const cell of cells.slice(1, 10)) {
    const value = decimalFrom(cell);
    if (value === null) {
      return { code: 'mot-not-a-number', reason: `holds "${shown(cell)}" where a number belongs` };
    }
    numbers.push(value);
  }
  const [id = -1, left = 0, top = 0, width = 0, height = 0, flag = dialect.isDetections ? -1 : 1] = numbers;
  const shape = boxFromCorner(left - dialect.firstPixel, top - dialect.firstPixel, width, height);
  if (shape === null) {
    return { code: 'mot-degenerate-box', reason: `has no box: ${width} × ${height} at ${left}, ${top}` };
  }
  const attributes: [string, AttributeValue][] = [];
  const isShare = flag > 0 && flag < 1;
  let score: number | null = null;
  if (dialect.isDetections ? flag >= 0 && flag <= 1 : isShare) score = flag;
  else if (!dialect.isDetections && flag === 0) attributes.push(['ignored', true]);
  else if (flag !== -1 && (dialect.isDetections || flag !== 1)) attributes.push(['confidence', flag]);

  const [first = -1, second = -1, third = -1] = numbers.slice(6);
  let classIndex: number | null = null;
  if (dialect.hasWorldPlaces) {
    if (first !== -1 || second !== -1 || third !== -1) {
      attributes.push(['x3d', first], ['y3d', second], ['z3d', third]);
    }
  } else if (first !== -1) {
    classIndex = first - dialect.firstClass;
    if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex > LARGEST_CLASS) {
      const hint = first === 0 ? '; if this dataset counts classes from 0, say so when reading it' : '';
      return { code: 'mot-bad-class', reason: `has class ${first}, and classes are counted from 1${hint}` };
    }
  }
  if (!dialect.hasWorldPlaces && second !== -1) attributes.push(['visibility', second]);
  return {
    frame,
    trackId: id === -1 ? null : String(id),
    classIndex,
    shape,
    attributes: Object.fromEntries(attributes),
    score,
  };
}

function shown(text: string | undefined): string {
  return (text ?? '').slice(0, 40);
}
