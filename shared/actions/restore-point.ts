import { annotationDifferences } from '../document/annotation-differences';
import type { ImageDocument } from '../document/image-document';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { behaviourOf } from '../shapes';
import type { Action, EditContext } from './edit/action';
import { buildChange } from './edit/build-change';
import { findLabel } from './edit/describe-objects';
import { lockedError } from './edit/editable';
import { orderOfRemoval } from './edit/order-change';
import { statusFollowing } from './edit/status-following';

export interface RestorePointArgs {
  /** What the picture held then, in drawing order. */
  readonly annotations: readonly Annotation[];
  /** Only these objects become what they were then, be it that they come back or go; null for all. */
  readonly ids: readonly AnnotationId[] | null;
  /** The highest revision that objects ever had, so that one that comes back never has a number twice. */
  readonly lastRevisions: ReadonlyMap<AnnotationId, number>;
  /** Which point it is, for people: `1 March, 12:04`. */
  readonly point: string;
}

/**
 * Makes the picture's objects what they were at an earlier point of its history, as an edit like any other: the history
 * only grows. Objects keep their ids. What is locked now stays as it is; what a person said of the picture as a whole
 * stands as far as the objects allow.
 */
export const restorePoint: Action<RestorePointArgs> = {
  code: 'annotation.restorePoint',
  run(document, args, context) {
    const wanted = wantedObjects(document, args);
    const differences = annotationDifferences(document.annotations.values(), wanted);
    const removed = differences.removed.filter(({ isLocked }) => !isLocked);
    const changed = differences.changed.filter(([before]) => !before.isLocked);
    const locked = differences.removed.length - removed.length + differences.changed.length - changed.length;
    if (locked > 0 && removed.length + changed.length + differences.added.length === 0)
      return err(lockedError(locked));

    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const [before, then] of changed) {
      const restored = restoredObject(document, then, before.revision, context);
      if (!restored.ok) return restored;
      updated.push([before, restored.value]);
    }
    const added: Annotation[] = [];
    for (const then of differences.added) {
      const last = Math.max(then.revision, args.lastRevisions.get(then.id) ?? 0);
      const restored = restoredObject(document, then, last, context);
      if (!restored.ok) return restored;
      added.push(restored.value);
    }
    return ok(
      buildChange(
        restorePoint.code,
        `Restore ${args.ids === null ? 'the picture' : 'an object'} as of ${args.point}`,
        {
          added,
          updated,
          removed,
          order: orderOfRestoring(document, wanted, added, removed),
          status: statusFollowing(document, document.annotations.size + added.length - removed.length),
        },
      ),
    );
  },
};

function wantedObjects(
  document: ImageDocument,
  { annotations, ids }: RestorePointArgs,
): readonly Annotation[] {
  if (ids === null) return annotations;
  const chosen = new Set(ids);
  const then = new Map(annotations.filter(({ id }) => chosen.has(id)).map((one) => [one.id, one]));
  const kept = [...document.annotations.values()].flatMap((one) => {
    if (!chosen.has(one.id)) return [one];
    const restored = then.get(one.id);
    then.delete(one.id);
    return restored === undefined ? [] : [restored];
  });
  return [...kept, ...then.values()];
}

function restoredObject(
  { size }: ImageDocument,
  then: Annotation,
  lastRevision: number,
  context: EditContext,
): Result<Annotation> {
  if (findLabel(context.schema, then.labelId) === undefined) {
    return err(
      appError(
        'schema.unknown-label',
        'An object of this point has a label that the project does not have any more. Take the change of the labels back first.',
        { annotationId: then.id, labelId: then.labelId },
      ),
    );
  }
  // Stored shapes lie inside already; a picture that was exchanged for a smaller one is the exception.
  const shape = behaviourOf(then.shape).fitted(then.shape, size);
  if (!shape.ok) return shape;
  return ok({ ...then, shape: shape.value, updatedAt: context.at, revision: lastRevision + 1 });
}

/** The order of that point, locked objects that were not there on top; null when it follows from what comes and goes. */
function orderOfRestoring(
  document: ImageDocument,
  wanted: readonly Annotation[],
  added: readonly Annotation[],
  removed: readonly Annotation[],
): readonly [readonly AnnotationId[], readonly AnnotationId[]] | null {
  const before = [...document.annotations.keys()];
  const gone = new Set(removed.map(({ id }) => id));
  const natural = [...before.filter((id) => !gone.has(id)), ...added.map(({ id }) => id)];
  const there = new Set(natural);
  const named = new Set(wanted.map(({ id }) => id));
  const after = [
    ...wanted.map(({ id }) => id).filter((id) => there.has(id)),
    ...natural.filter((id) => !named.has(id)),
  ];
  const isNatural = natural.every((id, index) => id === after[index]);
  return isNatural && orderOfRemoval(document, gone) === null ? null : [before, after];
}
