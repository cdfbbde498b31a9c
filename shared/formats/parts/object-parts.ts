import type { PolygonShape, Shape, Vertex } from '../../schema/shapes';
import { MAX_VERTICES } from '../../schema/shapes/coordinate';
import { MAX_RINGS } from '../../schema/shapes/polygon';
import type { DatasetAnnotation } from '../format';
import { isRecord, listFrom, recordFrom } from './json/json-values';
import { openRing, verticesFromPairs } from './vertices';

/**
 * The field by which JSON formats of one outline or point a record keep what they have no place for: programs carry it
 * along and do not show it.
 */
export const OWN_FIELD = 'groundmark';

type Pair = readonly [number, number];

/** What stands in the field. Holes hold as long as the outline is the one that they were cut out of. */
export interface OwnRecord {
  /** Records of one picture and class with the same number are one object. */
  readonly object?: number;
  /** The group that the record names is there for its parts alone. */
  readonly isAlone?: true;
  readonly exterior?: readonly Pair[];
  readonly holes?: readonly (readonly Pair[])[];
}

export function pairOf({ x, y }: Vertex): Pair {
  return [x, y];
}

/** The outline of a polygon's part and its holes, if it has any. */
export function partRecords({ parts }: PolygonShape): readonly {
  readonly exterior: readonly Vertex[];
  readonly own: OwnRecord;
}[] {
  return parts.map(({ exterior, holes }) => ({
    exterior,
    own:
      holes.length === 0
        ? {}
        : { exterior: exterior.map(pairOf), holes: holes.map((hole) => hole.map(pairOf)) },
  }));
}

export interface PolygonOfPart {
  readonly shape: PolygonShape;
  /** True when holes were not taken, because the outline was changed since they were written. */
  readonly hasLostHoles: boolean;
}

/** The polygon of an outline with the holes that the record's field keeps. */
export function polygonOfPart(exterior: readonly Vertex[], own: unknown): PolygonOfPart {
  const withHoles = (holes: readonly (readonly Vertex[])[], hasLostHoles: boolean): PolygonOfPart => ({
    shape: { type: 'polygon', parts: [{ exterior, holes }] },
    hasLostHoles,
  });
  if (!isRecord(own) || own.holes === undefined) return withHoles([], false);
  const before = openRing(verticesFromPairs(own.exterior) ?? []);
  const isSame =
    before.length === exterior.length &&
    before.every(({ x, y }, at) => x === exterior[at]?.x && y === exterior[at]?.y);
  const holes = listFrom(own.holes).slice(0, MAX_RINGS).map(verticesFromPairs);
  const whole = holes.filter((hole): hole is readonly Vertex[] => hole !== null && hole.length >= 3);
  return isSame && whole.length === holes.length ? withHoles(whole, false) : withHoles([], true);
}

interface GrowingObject {
  readonly annotation: DatasetAnnotation;
  /** Shapes of the same kind as the annotation's, the first of them its own. */
  readonly shapes: Shape[];
}

/** Puts the parts of objects together again, each where its first part came. */
export class ObjectJoiner {
  readonly #objects: GrowingObject[] = [];
  readonly #byId = new Map<string, GrowingObject>();

  add(annotation: DatasetAnnotation, own: unknown): void {
    const { object } = recordFrom(own);
    const { shape, classIndex } = annotation;
    // Only kinds that have parts are joined, and only with their like.
    const hasParts = shape.type === 'polygon' || shape.type === 'points';
    const id = typeof object === 'number' && hasParts ? `${classIndex} ${object} ${shape.type}` : null;
    const known = id === null ? undefined : this.#byId.get(id);
    if (known !== undefined) {
      known.shapes.push(shape);
      return;
    }
    const begun: GrowingObject = { annotation, shapes: [shape] };
    if (id !== null) this.#byId.set(id, begun);
    this.#objects.push(begun);
  }

  /** The annotations in the order in which they were begun. */
  annotations(): readonly DatasetAnnotation[] {
    return this.#objects.map(({ annotation, shapes }) =>
      shapes.length === 1 ? annotation : { ...annotation, shape: joined(annotation.shape, shapes) },
    );
  }
}

/** Shapes of one kind as one; what is more than a shape may have is left out. */
function joined(first: Shape, shapes: readonly Shape[]): Shape {
  switch (first.type) {
    case 'polygon': {
      const parts = shapes.flatMap((shape) => (shape.type === 'polygon' ? shape.parts : []));
      return { type: 'polygon', parts: parts.slice(0, MAX_RINGS) };
    }
    case 'points': {
      const points = shapes.flatMap((shape) => (shape.type === 'points' ? shape.points : []));
      return { type: 'points', points: points.slice(0, MAX_VERTICES) };
    }
    default:
      return first;
  }
}
