import { canonicalJson } from '../document/canonical-json';
import type { Annotation } from '../schema/annotation';
import type { MergedObject, MergeSide } from '../schema/image-merge';
import { type FieldName, fieldsOf, isSameContent, isSameValue, withFields } from './annotation-fields';

export interface ObjectOutcome {
  /** What the picture shows: the project's own side for as long as there is a conflict. */
  readonly shown: Annotation | null;
  readonly isConflict: boolean;
}

/**
 * An object from the project's own side and the sides of any number of returns, each with the base it started from.
 *
 * A side asserts its value where it differs from its own base. A value is taken over when it is the only one asserted
 * and the project still has what that side started from; otherwise the sides are in conflict, and **the project's own
 * side is shown, whole, until a person has chosen**. Fields merge apart from each other; an object that somebody deleted
 * merges as a whole. The outcome depends on `own` and on the sides as a set, never on which return came first.
 * Guarded by test/property/merge.test.ts.
 */
export function mergeObject({
  own,
  sides,
  touched,
}: Pick<MergedObject, 'own' | 'sides' | 'touched'>): ObjectOutcome {
  const asserting = sides.filter(({ base, theirs }) => !isSameContent(base, theirs));
  if (asserting.length === 0) return { shown: own, isConflict: false };
  if (own === null || asserting.some(({ theirs }) => theirs === null))
    return wholeObject(own, asserting, touched.length > 0);
  const fields = new Map<FieldName, unknown>();
  const known = asserting.map((side) => ({
    base: fieldsOf(side.base),
    theirs: fieldsOf(side.theirs),
    isBefore: isBefore(side, own),
  }));
  const seen = new Set(touched);
  const ofOwn = fieldsOf(own);
  const names = new Set([...ofOwn.keys(), ...known.flatMap(({ theirs }) => [...theirs.keys()])]);
  for (const name of names) {
    const field = mergeValue(
      ofOwn.get(name),
      known.map((side) => ({
        base: side.base.get(name),
        theirs: side.theirs.get(name),
        isOutdated: side.isBefore && seen.has(name),
      })),
    );
    if (field.isConflict) return { shown: own, isConflict: true };
    if (field.value !== undefined) fields.set(name, field.value);
  }
  const merged = withFields(own, fields);
  if (isSameContent(merged, own)) return { shown: own, isConflict: false };
  return { shown: withTouch(merged, own, asserting), isConflict: false };
}

/** Whether a side started from another record than the project's own of now: it has not seen what was done to that. */
function isBefore({ base }: MergeSide, own: Annotation | null): boolean {
  return canonicalJson(base) !== canonicalJson(own);
}

export interface ValueSide {
  /** What the side started from, and what it has; undefined: not there. */
  readonly base: unknown;
  readonly theirs: unknown;
  /** The project changed the value since, though it may be what the side started from. */
  readonly isOutdated?: boolean;
}

/** One value by the same rule. */
export function mergeValue(
  own: unknown,
  sides: readonly ValueSide[],
  isSame: (a: unknown, b: unknown) => boolean = isSameValue,
): { readonly value: unknown; readonly isConflict: boolean } {
  const differing = sides.filter(({ base, theirs }) => !isSame(base, theirs) && !isSame(theirs, own));
  const [first, ...others] = differing;
  if (first === undefined) return { value: own, isConflict: false };
  const isConflict =
    differing.some(({ base, isOutdated }) => isOutdated === true || !isSame(base, own)) ||
    others.some(({ theirs }) => !isSame(theirs, first.theirs));
  return { value: isConflict ? own : first.theirs, isConflict };
}

function wholeObject(
  own: Annotation | null,
  asserting: readonly MergeSide[],
  isTouched: boolean,
): ObjectOutcome {
  const isSame = (a: unknown, b: unknown) => isSameContent(a as Annotation | null, b as Annotation | null);
  const { value, isConflict } = mergeValue(
    own,
    asserting.map((side) => ({
      base: side.base,
      theirs: side.theirs,
      isOutdated: isTouched && isBefore(side, own),
    })),
    isSame,
  );
  if (isConflict || value === own) return { shown: own, isConflict };
  if (value === null) return { shown: null, isConflict: false };
  const alike = asserting.flatMap(({ theirs }) => (theirs !== null && isSame(theirs, value) ? [theirs] : []));
  return { shown: newest(alike), isConflict: false };
}

/** Of records with equal content the one touched last; by their text where that says nothing. */
function newest(records: readonly Annotation[]): Annotation | null {
  const key = ({ revision, updatedAt }: Annotation) => `${updatedAt} ${String(revision).padStart(12, '0')}`;
  const sorted = [...records].sort(
    (a, b) => compare(key(b), key(a)) || compare(canonicalJson(a), canonicalJson(b)),
  );
  return sorted[0] ?? null;
}

/**
 * Counts every side's edits, so that the revision rises with each return and is the same whichever came first; with one
 * side and an untouched own, the record is that side's.
 */
function withTouch(merged: Annotation, own: Annotation, asserting: readonly MergeSide[]): Annotation {
  let { revision, updatedAt } = own;
  for (const { base, theirs } of asserting) {
    if (theirs === null || isSameContent(theirs, own)) continue;
    revision += Math.max(1, theirs.revision - (base?.revision ?? 0));
    if (theirs.updatedAt > updatedAt) updatedAt = theirs.updatedAt;
  }
  return { ...merged, revision, updatedAt };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
