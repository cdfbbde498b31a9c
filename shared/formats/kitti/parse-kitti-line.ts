import type { AttributeValue } from '../../schema/label-schema';
import type { BoxShape } from '../../schema/shapes';
import type { Attributes } from '../format';
import { boxFromEdges } from '../parts/box-from-edges';
import { decimalFrom } from '../parts/decimal';

/** One object of a KITTI label file. */
export interface KittiObject {
  readonly className: string;
  readonly shape: BoxShape;
  readonly attributes: Attributes;
  readonly score: number | null;
}

export type ParsedKittiLine = KittiObject | { readonly code: string; readonly reason: string };

/**
 * The columns of KITTI's object development kit behind the class, in order: how an attribute of ours is called (null:
 * the box), and the number that stands there when nothing is known.
 */
export const KITTI_COLUMNS = [
  { attribute: 'truncated', filler: -1 },
  { attribute: 'occluded', filler: -1 },
  { attribute: 'alpha', filler: -10 },
  { attribute: null, filler: 0 },
  { attribute: null, filler: 0 },
  { attribute: null, filler: 0 },
  { attribute: null, filler: 0 },
  { attribute: 'height3d', filler: -1 },
  { attribute: 'width3d', filler: -1 },
  { attribute: 'length3d', filler: -1 },
  { attribute: 'x3d', filler: -1000 },
  { attribute: 'y3d', filler: -1000 },
  { attribute: 'z3d', filler: -1000 },
  { attribute: 'rotation_y', filler: -10 },
] as const;

/** Where the sides of the cuboid stand. */
const SIDES = [7, 8, 9];

/** With the class in front. */
const LABEL_COLUMNS = KITTI_COLUMNS.length + 1;
const RESULT_COLUMNS = LABEL_COLUMNS + 1;

/** KITTI's names are single words; this is the bound of the app's. */
const LONGEST_NAME = 100;

/**
 * One line of a label file: `type truncated occluded alpha left top right bottom h w l x y z rotation_y [score]`, pixels
 * counted from 0. Levels and fractions stay numbers. Fillers for what is unknown become no attribute; where the sides
 * of the cuboid are all -1, a -1 in the other columns of space is a filler as well, as Datumaro writes it.
 */
export function parseKittiLine(line: string): ParsedKittiLine {
  const [className = '', ...columns] = line.split(/\s+/, RESULT_COLUMNS + 1);
  const count = columns.length + 1;
  if (count !== LABEL_COLUMNS && count !== RESULT_COLUMNS) {
    return {
      code: 'kitti-bad-line',
      reason: `has ${count > RESULT_COLUMNS ? 'more than 16' : count} columns where KITTI has 15, or 16 with a score`,
    };
  }
  if (className.length > LONGEST_NAME) {
    return { code: 'kitti-bad-line', reason: 'begins with a class name of more than 100 characters' };
  }
  const numbers: number[] = [];
  for (const text of columns) {
    const value = decimalFrom(text);
    if (value === null) {
      return {
        code: 'kitti-not-a-number',
        reason: `holds "${text.slice(0, 40)}" where a number belongs`,
      };
    }
    numbers.push(value);
  }
  const [left = 0, top = 0, right = 0, bottom = 0] = numbers.slice(3);
  const shape = boxFromEdges(left, top, right, bottom);
  if (shape === null) {
    return {
      code: 'kitti-degenerate-box',
      reason: `has no box: left ${left}, top ${top}, right ${right}, bottom ${bottom}`,
    };
  }
  return { className, shape, ...attributesOf(numbers) };
}

function attributesOf(numbers: readonly number[]): Pick<KittiObject, 'attributes' | 'score'> {
  const hasNoSides = SIDES.every((column) => numbers[column] === -1);
  const attributes: [string, AttributeValue][] = [];
  KITTI_COLUMNS.forEach(({ attribute, filler }, column) => {
    const value = numbers[column];
    if (attribute === null || value === undefined || value === filler) return;
    const isOfSpace = column > 1;
    if (isOfSpace && hasNoSides && value === -1) return;
    attributes.push([attribute, value]);
  });
  const score = numbers[LABEL_COLUMNS - 1] ?? null;
  const isShare = score === null || (score >= 0 && score <= 1);
  // A detector's raw score may be any number; ours are shares, so it is carried as it stands.
  if (!isShare) attributes.push(['score', score]);
  return { attributes: Object.fromEntries(attributes), score: isShare ? score : null };
}
