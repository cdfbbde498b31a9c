import type { PolygonShape, RotatedBoxShape, Vertex } from '../../schema/shapes';
import { decimalFrom } from '../parts/decimal';
import { labelNameFrom } from '../parts/records/label-record';
import { rotatedBoxFromCorners, vertexFrom } from '../parts/vertices';

export interface DotaLine {
  readonly className: string;
  /** A turned box where the corners make a rectangle, else a polygon of four corners. */
  readonly shape: RotatedBoxShape | PolygonShape;
  readonly isDifficult: boolean;
}

export interface DotaFault {
  readonly code: string;
  readonly reason: string;
}

const CORNER_COLUMNS = 8;

/** Half a unit of the last decimal along both axes, and a little for the rectangle that is fitted to all four. */
const ROUNDING = 0.75;

/** Corners that were computed and not rounded differ by more than the last bits and by less than anyone can see. */
const LEAST_TOLERANCE_IN_IMAGE_PX = 1e-4;

/**
 * `x1 y1 x2 y2 x3 y3 x4 y4 class difficult`, corners in image px in order around the object. A class name with spaces is
 * taken whole; difficulty may be missing.
 */
export function parseDotaLine(line: string): DotaLine | DotaFault {
  const columns = line.split(/\s+/, 60);
  if (columns.length <= CORNER_COLUMNS) {
    if (/^[^,\s]+(?:,[^,]+){8,}$/.test(line))
      return {
        code: 'dota-bad-line',
        reason: 'separates its columns with commas; DOTA separates with spaces',
      };
    return {
      code: 'dota-bad-line',
      reason: `has ${columns.length} columns where eight numbers and a class need 9`,
    };
  }
  const corners: Vertex[] = [];
  for (let at = 0; at < CORNER_COLUMNS; at += 2) {
    const [x, y] = [columns[at] ?? '', columns[at + 1] ?? ''];
    const corner = vertexFrom(decimalFrom(x), decimalFrom(y));
    if (corner === null)
      return {
        code: 'dota-bad-number',
        reason: `has a corner "${x.slice(0, 40)} ${y.slice(0, 40)}" that is no place in a picture`,
      };
    corners.push(corner);
  }
  const last = columns.at(-1) ?? '';
  const hasDifficulty = columns.length > CORNER_COLUMNS + 1 && /^\d$/.test(last);
  const className = labelNameFrom(columns.slice(CORNER_COLUMNS, hasDifficulty ? -1 : undefined).join(' '));
  if (className === null) return { code: 'dota-bad-line', reason: 'has no class' };
  const box = rotatedBoxFromCorners(corners, toleranceOf(columns));
  return {
    className,
    shape: box ?? { type: 'polygon', parts: [{ exterior: corners, holes: [] }] },
    isDifficult: hasDifficulty && last !== '0',
  };
}

/** How far off a corner of a rectangle may be because corners were rounded to so many decimals; `12.0` is a whole number. */
function toleranceOf(columns: readonly string[]): number {
  let decimals = 0;
  for (const column of columns.slice(0, CORNER_COLUMNS)) {
    const fraction = /\.(\d+)$/.exec(column)?.[1] ?? '';
    if (fraction !== '0') decimals = Math.max(decimals, fraction.length);
  }
  return Math.max(LEAST_TOLERANCE_IN_IMAGE_PX, ROUNDING * 10 ** -decimals);
}

/** A header line, `imagesource:GoogleEarth` or `gsd:0.146`, as an attribute of the picture; null for any other line. */
export function headerFrom(
  line: string,
): { readonly name: string; readonly value: string | number | null } | null {
  const match = /^(imagesource|gsd)\s*:\s*(.*)$/i.exec(line);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined) return null;
  const text = (match?.[2] ?? '').trim().slice(0, 1000);
  if (text === '' || /^(?:null|none|nan)$/i.test(text)) return { name, value: null };
  return { name, value: name === 'gsd' ? (decimalFrom(text) ?? text) : text };
}
