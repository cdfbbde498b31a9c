import { ringArea } from './ring';

/** A place in image px. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** An area: an outline with the holes cut out of it. Rings are closed and run either way. */
export interface AreaPart {
  readonly exterior: readonly Place[];
  readonly holes: readonly (readonly Place[])[];
}

export function ringsOfParts(parts: readonly AreaPart[]): readonly (readonly Place[])[] {
  return parts.flatMap((part) => [part.exterior, ...part.holes]);
}

/** Area in px² of parts that do not overlap. */
export function areaOfParts(parts: readonly AreaPart[]): number {
  return parts.reduce(
    (sum, { exterior, holes }) =>
      sum + ringArea(exterior) - holes.reduce((taken, hole) => taken + ringArea(hole), 0),
    0,
  );
}
