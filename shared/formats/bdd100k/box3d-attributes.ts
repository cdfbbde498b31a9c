import type { AttributeValue } from '../../schema/label-schema';
import type { Attributes } from '../format';
import { isRecord, numberFrom } from '../parts/json/json-values';

/** Where the numbers of a Scalabel `box3d` go; the names are those of KITTI's columns, so that one becomes the other. */
const PLACES = [
  ['alpha', null, 0],
  ['rotation_x', 'orientation', 0],
  ['rotation_y', 'orientation', 1],
  ['rotation_z', 'orientation', 2],
  ['x3d', 'location', 0],
  ['y3d', 'location', 1],
  ['z3d', 'location', 2],
  ['height3d', 'dimension', 0],
  ['width3d', 'dimension', 1],
  ['length3d', 'dimension', 2],
] as const;

/** What a `box3d` says of the object's place in space, number by number; null when it is none. */
export function attributesOfBox3d(value: unknown): readonly (readonly [string, AttributeValue])[] | null {
  if (!isRecord(value)) return null;
  const found: [string, AttributeValue][] = [];
  for (const [name, key, index] of PLACES) {
    const list = key === null ? [value.alpha] : value[key];
    const number = Array.isArray(list) ? numberFrom(list[index]) : null;
    if (number !== null) found.push([name, number]);
  }
  return found;
}

/** The `box3d` that attributes tell of, when they tell all of it, and the names that it takes with it. */
export function box3dOfAttributes(
  attributes: Attributes,
): { readonly box3d: Readonly<Record<string, unknown>>; readonly names: ReadonlySet<string> } | null {
  const numbers = PLACES.map(([name]) =>
    Object.hasOwn(attributes, name) ? numberFrom(attributes[name]) : null,
  );
  if (numbers.some((number) => number === null)) return null;
  return {
    box3d: {
      alpha: numbers[0],
      orientation: numbers.slice(1, 4),
      location: numbers.slice(4, 7),
      dimension: numbers.slice(7, 10),
    },
    names: new Set(PLACES.map(([name]) => name)),
  };
}
