import type { Annotation } from '../schema/annotation';
import { shapeDifference } from '../shapes/shape-difference';

/** What an import does to an image that has annotations already. */
export const CONFLICT_RULES = ['addNew', 'addAll', 'replace', 'keep'] as const;
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** Two shapes closer than this everywhere are the same one written by two tools that round differently. */
const SAME_SHAPE_TOLERANCE_IN_IMAGE_PX = 0.51;

export interface Merge<Incoming> {
  readonly added: readonly Incoming[];
  readonly removed: readonly Annotation[];
  /** Incoming ones that the image has already, which `addNew` leaves out. */
  readonly duplicates: number;
}

/**
 * What an import adds to and takes from an image with these annotations. `saysEmpty`: the files say that nothing is
 * there; where they say nothing at all, nothing is replaced by nothing.
 */
export function mergeIncoming<Incoming extends Pick<Annotation, 'labelId' | 'shape'>>(
  existing: readonly Annotation[],
  incoming: readonly Incoming[],
  rule: ConflictRule,
  saysEmpty: boolean,
): Merge<Incoming> {
  if (existing.length === 0) return { added: incoming, removed: [], duplicates: 0 };
  switch (rule) {
    case 'keep':
      return { added: [], removed: [], duplicates: 0 };
    case 'addAll':
      return { added: incoming, removed: [], duplicates: 0 };
    case 'replace':
      return incoming.length > 0 || saysEmpty
        ? { added: incoming, removed: existing, duplicates: 0 }
        : { added: [], removed: [], duplicates: 0 };
    case 'addNew': {
      const added = incoming.filter((one) => !existing.some((old) => isSame(old, one)));
      return { added, removed: [], duplicates: incoming.length - added.length };
    }
  }
}

function isSame(
  existing: Pick<Annotation, 'labelId' | 'shape'>,
  incoming: Pick<Annotation, 'labelId' | 'shape'>,
): boolean {
  return (
    existing.labelId === incoming.labelId &&
    shapeDifference(existing.shape, incoming.shape) <= SAME_SHAPE_TOLERANCE_IN_IMAGE_PX
  );
}
