import { annotationDifferences, isSameObject } from '../document/annotation-differences';
import type { ImageDocument } from '../document/image-document';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import { behaviourOf } from '../shapes';
import type { Action, EditContext } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { lockedError } from './edit/editable';
import { statusFollowing } from './edit/status-following';

export interface ApplyProposalArgs {
  /** What the proposer started from. */
  readonly base: readonly Annotation[];
  /** The annotations as the proposer would have them. */
  readonly proposed: readonly Annotation[];
  /** Only what is proposed for these objects; absent: all of it. */
  readonly only?: readonly AnnotationId[];
}

/** What is to be done here, and what stands against it. */
interface Plan {
  readonly added: Annotation[];
  readonly updated: (readonly [before: Annotation, after: Annotation])[];
  readonly removed: Annotation[];
  readonly conflicts: Annotation[];
  readonly locked: Annotation[];
}

/**
 * Brings into a picture what a proposal changed since it was begun: a three-way merge by object id. What changed here
 * meanwhile and is not spoken of in the proposal is kept; what is here already as proposed is passed over. An object
 * that both changed is refused by name and nothing is done, since one of the two would be lost unseen.
 * Errors: `record.conflict`, `edit.locked`, `edit.too-small`, `usage.bad-arguments` when nothing is left to do.
 */
export const applyProposal: Action<ApplyProposalArgs> = {
  code: 'annotation.applyProposal',
  run(document, args, context) {
    const plan = planOf(document, args, context);
    if (!plan.ok) return plan;
    const { added, updated, removed, conflicts, locked } = plan.value;
    if (conflicts.length > 0) {
      return err(
        appError(
          'record.conflict',
          `${describeObjects(conflicts, context.schema)} changed here since this was proposed, so nothing was taken over. Take over the other differences one by one, or refuse the proposal.`,
          { ids: conflicts.map(({ id }) => id).join(' ') },
        ),
      );
    }
    if (locked.length > 0) return err(lockedError(locked.length));
    const touched = [...added, ...updated.map(([, after]) => after), ...removed];
    if (touched.length === 0) {
      return err(
        appError(
          'usage.bad-arguments',
          'Everything that was proposed is here already; nothing is to be done.',
        ),
      );
    }
    return ok(
      buildChange(applyProposal.code, `Take over proposal: ${describeObjects(touched, context.schema)}`, {
        added,
        updated,
        removed,
        order: orderAfter(document, added, removed),
        status: statusFollowing(document, document.annotations.size + added.length - removed.length),
      }),
    );
  },
};

function planOf(
  document: ImageDocument,
  { base, proposed, only }: ApplyProposalArgs,
  context: EditContext,
): Result<Plan> {
  const wanted = only === undefined ? null : new Set(only);
  const isWanted = ({ id }: Annotation) => wanted === null || wanted.has(id);
  const differences = annotationDifferences(base, proposed);
  const plan: Plan = { added: [], updated: [], removed: [], conflicts: [], locked: [] };
  for (const one of differences.added.filter(isWanted)) {
    const here = document.annotations.get(one.id);
    if (here !== undefined) {
      if (!isSameObject(here, one)) plan.conflicts.push(here);
      continue;
    }
    const placed = placedIn(document, one);
    if (!placed.ok) return placed;
    plan.added.push(placed.value);
  }
  for (const [before, after] of differences.changed.filter(([one]) => isWanted(one))) {
    const here = document.annotations.get(after.id);
    if (here !== undefined && isSameObject(here, after)) continue;
    if (here === undefined || !isSameObject(here, before)) plan.conflicts.push(here ?? before);
    else if (here.isLocked) plan.locked.push(here);
    else {
      const placed = placedIn(document, after);
      if (!placed.ok) return placed;
      // The record as proposed, not the one here with fields over it: what the proposer took away is gone.
      const [, edited] = withEdit({ ...placed.value, revision: here.revision }, context, {});
      plan.updated.push([here, edited]);
    }
  }
  for (const before of differences.removed.filter(isWanted)) {
    const here = document.annotations.get(before.id);
    if (here === undefined) continue;
    if (!isSameObject(here, before)) plan.conflicts.push(here);
    else if (here.isLocked) plan.locked.push(here);
    else plan.removed.push(here);
  }
  return ok(plan);
}

function placedIn({ size }: ImageDocument, annotation: Annotation): Result<Annotation> {
  const { shape } = annotation;
  const behaviour = behaviourOf(shape);
  const { x, y, width, height } = behaviour.bounds(shape);
  // A proposal is drawn on the same picture: what lies inside stays as it is to the last bit.
  if (x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height) return ok(annotation);
  const fitted = behaviour.fitted(shape, size);
  return fitted.ok ? ok({ ...annotation, shape: fitted.value }) : fitted;
}

/** What was taken away must come back to its place; what is new lies on top. */
function orderAfter(
  document: ImageDocument,
  added: readonly Annotation[],
  removed: readonly Annotation[],
): readonly [readonly AnnotationId[], readonly AnnotationId[]] | null {
  if (removed.length === 0) return null;
  const gone = new Set(removed.map(({ id }) => id));
  const before = [...document.annotations.keys()];
  return [before, [...before.filter((id) => !gone.has(id)), ...added.map(({ id }) => id)]];
}
