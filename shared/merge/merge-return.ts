import { canonicalJson } from '../document/canonical-json';
import type { Annotation, ImageStatus } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Arrangement, ImageMerge, MergedObject, MergeSide } from '../schema/image-merge';
import type { PersonRef } from '../schema/person';
import type { ConflictSide } from '../schema/project-records';
import { differingFields, type FieldName, isSameContent } from './annotation-fields';
import { mergeArrangement } from './merge-arrangement';
import { mergeObject } from './merge-object';

/** An image's annotations, bottom first. */
export interface MergeInput {
  readonly annotations: readonly Annotation[];
  readonly status: ImageStatus;
}

/** One image of a return. */
export interface ReturnedImage {
  readonly packageId: string;
  /** Rises with every return of the same package. */
  readonly number: number;
  readonly by: PersonRef;
  readonly base: MergeInput;
  readonly theirs: MergeInput;
}

/** An object that is open between sides; the project's own is the first of them. */
export interface OpenConflict {
  readonly annotationId: AnnotationId;
  readonly base: Annotation | null;
  readonly sides: readonly ConflictSide[];
}

export interface MergedImage {
  readonly result: MergeInput;
  readonly conflicts: readonly OpenConflict[];
  /** Null for as long as no return said anything about the image. */
  readonly memory: ImageMerge | null;
}

/**
 * Merges one image of a return into the project, three ways and field by field.
 *
 * The laws, each held by test/property/merge.test.ts: merging the same return again changes nothing; the order of
 * returns does not matter; a return without changes changes nothing; what was edited here between merges stays; every
 * side's version of every object is in the result or in a conflict. They hold because each merge begins from what is the
 * project's own, which `memory` keeps, and takes all returns together; see `mergeObject` for the rule.
 * O(objects of all sides).
 * @param own who works in this project, named in conflicts.
 */
export function mergeReturn(
  memory: ImageMerge | null,
  current: MergeInput,
  incoming: ReturnedImage,
  own: PersonRef,
): MergedImage {
  const before = withLocalEdits(memory ?? emptyMemory(current), current);
  const known = before.returns.find(({ packageId }) => packageId === incoming.packageId);
  const isOutdated = known !== undefined && known.number > incoming.number;
  const after = isOutdated ? before : withReturn(before, current, incoming);
  return mergedImage(after, current, own);
}

/** Closes a conflict: what was chosen is the project's own now, and the sides have been seen. */
export function withChoice(
  memory: ImageMerge,
  annotationId: AnnotationId,
  chosen: Annotation | null,
): ImageMerge {
  return {
    ...memory,
    objects: memory.objects.map((object) =>
      object.annotationId === annotationId ? settled(object, chosen, decidedFields(object)) : object,
    ),
  };
}

function mergedImage(memory: ImageMerge, current: MergeInput, own: PersonRef): MergedImage {
  const present = new Map(current.annotations.map((annotation) => [annotation.id, annotation]));
  const conflicts: OpenConflict[] = [];
  const objects = memory.objects.map((object): MergedObject => {
    const { shown, isConflict } = mergeObject(object);
    if (isConflict) conflicts.push(openConflict(object, own));
    if (shown === null) present.delete(object.annotationId);
    else present.set(shown.id, shown);
    return { ...object, shown };
  });
  const shown = mergeArrangement(memory.own, memory.arrangements, present);
  const annotations = shown.order.flatMap((id) => present.get(id) ?? []);
  const isTouched = memory.returns.length > 0;
  return {
    result: { annotations, status: shown.status },
    conflicts,
    memory: isTouched ? { ...memory, objects, shown } : null,
  };
}

function openConflict({ annotationId, own, sides }: MergedObject, by: PersonRef): OpenConflict {
  const asserting = sides.filter(({ base, theirs }) => !isSameContent(base, theirs));
  return {
    annotationId,
    base: asserting.find(({ base }) => base !== null)?.base ?? null,
    sides: [
      { annotation: own, by, packageId: null },
      ...asserting.map((side) => ({ annotation: side.theirs, by: side.by, packageId: side.packageId })),
    ],
  };
}

function withReturn(memory: ImageMerge, current: MergeInput, incoming: ReturnedImage): ImageMerge {
  const { packageId, by, number } = incoming;
  const here = byId(current.annotations);
  const [base, theirs] = [byId(incoming.base.annotations), byId(incoming.theirs.annotations)];
  const objects = new Map(memory.objects.map((object) => [object.annotationId, object]));
  const ids = new Set([...base.keys(), ...theirs.keys(), ...objects.keys()]);
  let hasChanges = false;
  for (const id of ids) {
    const object = objects.get(id);
    const earlier = object?.sides.find((side) => side.packageId === packageId);
    const side: MergeSide = {
      packageId,
      by,
      // What was seen of an earlier return of the same package is what both have in common now.
      base: earlier === undefined ? (base.get(id) ?? null) : earlier.base,
      theirs: theirs.get(id) ?? null,
    };
    if (earlier === undefined && isSameContent(side.base, side.theirs)) continue;
    hasChanges = true;
    const present = here.get(id) ?? null;
    const { sides, ...rest } = object ?? {
      annotationId: id,
      own: present,
      shown: present,
      touched: [],
      sides: [],
    };
    objects.set(id, { ...rest, sides: replaced(sides, side) });
  }
  const earlier = memory.arrangements.find((side) => side.packageId === packageId);
  const arrangement = {
    packageId,
    base: earlier === undefined ? arrangementOf(incoming.base) : earlier.base,
    theirs: arrangementOf(incoming.theirs),
  };
  const saysNothing =
    earlier === undefined &&
    !hasChanges &&
    canonicalJson(arrangement.base) === canonicalJson(arrangement.theirs);
  if (saysNothing) return memory;
  return {
    ...memory,
    returns: replaced(memory.returns, { packageId, number }),
    objects: [...objects.values()].sort((a, b) => (a.annotationId < b.annotationId ? -1 : 1)),
    arrangements: replaced(memory.arrangements, arrangement),
  };
}

/** What somebody changed here since the last merge is the project's own; what they changed it from, they had seen. */
function withLocalEdits(memory: ImageMerge, current: MergeInput): ImageMerge {
  const here = byId(current.annotations);
  const objects = memory.objects.map((object): MergedObject => {
    const present = here.get(object.annotationId) ?? null;
    if (canonicalJson(present) === canonicalJson(object.shown)) return object;
    const { isConflict } = mergeObject(object);
    const changed = differingFields(object.shown, present);
    // An edit of one's own side answers nobody else's.
    return isConflict
      ? { ...object, own: present, shown: present, touched: union(object.touched, changed) }
      : settled(object, present, changed);
  });
  const now = arrangementOf(current);
  const isReordered = now.order.join() !== memory.shown.order.join();
  const isRestated = canonicalJson(now.status) !== canonicalJson(memory.shown.status);
  if (!isReordered && !isRestated) return { ...memory, objects };
  return {
    ...memory,
    objects,
    own: {
      order: isReordered ? now.order : memory.own.order,
      status: isRestated ? now.status : memory.own.status,
    },
    arrangements: memory.arrangements.map((side) => ({
      ...side,
      base: {
        order: isReordered ? side.theirs.order : side.base.order,
        status: isRestated ? side.theirs.status : side.base.status,
      },
    })),
  };
}

/** Fields about which a person heard every side. */
function decidedFields({ sides }: MergedObject): readonly FieldName[] {
  return sides.flatMap(({ base, theirs }) => differingFields(base, theirs));
}

function union(known: readonly FieldName[], more: readonly FieldName[]): FieldName[] {
  return [...new Set([...known, ...more])].sort();
}

function settled(object: MergedObject, own: Annotation | null, changed: readonly FieldName[]): MergedObject {
  return {
    ...object,
    own,
    shown: own,
    touched: union(object.touched, changed),
    sides: object.sides.map((side) => ({ ...side, base: side.theirs })),
  };
}

function emptyMemory(current: MergeInput): ImageMerge {
  const own = arrangementOf(current);
  return { returns: [], objects: [], own, shown: own, arrangements: [] };
}

function arrangementOf({ annotations, status }: MergeInput): Arrangement {
  return { order: annotations.map(({ id }) => id), status };
}

function byId(annotations: readonly Annotation[]): ReadonlyMap<AnnotationId, Annotation> {
  return new Map(annotations.map((annotation) => [annotation.id, annotation]));
}

function replaced<Item extends { readonly packageId: string }>(items: readonly Item[], item: Item): Item[] {
  return [...items.filter(({ packageId }) => packageId !== item.packageId), item].sort((a, b) =>
    a.packageId < b.packageId ? -1 : 1,
  );
}
