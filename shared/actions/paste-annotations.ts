import type { ImageDocument } from '../document/image-document';
import { translation } from '../geometry/affine';
import { rectMovedInside } from '../geometry/rect';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import type { Action, EditContext } from './edit/action';
import { buildChange } from './edit/build-change';
import { checkAttributeValue } from './edit/check-attribute-value';
import { copiedGroups, groupOfCopy } from './edit/copied-groups';
import { describeObjects } from './edit/describe-objects';
import { attributesFor, labelForShape } from './edit/label-for-shape';
import { statusFollowing } from './edit/status-following';

/** What of an object is taken along when it is copied; label and attributes are those of the schema it goes into. */
export type PastedAnnotation = Pick<
  Annotation,
  'labelId' | 'shape' | 'attributes' | 'isOccluded' | 'isTruncated' | 'isCrowd' | 'note' | 'groupId'
>;

export interface PasteAnnotationsArgs {
  /** In drawing order; shapes in image px of the picture that they come from. */
  readonly annotations: readonly PastedAnnotation[];
}

/**
 * Puts copied objects at the place that they had, on top of the others. What hangs over the edge of a smaller picture
 * is cut, what would lie beside it is moved inside. Copies stay grouped among themselves, never with their originals.
 */
export const pasteAnnotations: Action<PasteAnnotationsArgs> = {
  code: 'annotation.paste',
  run(document, { annotations }, context) {
    if (annotations.length === 0) {
      return err(appError('usage.bad-arguments', 'There is nothing to paste. Copy objects first.'));
    }
    const groups = copiedGroups(annotations, context);
    const added: Annotation[] = [];
    for (const one of annotations) {
      const pasted = pastedInto(document, one, context, groups);
      if (!pasted.ok) return pasted;
      added.push(pasted.value);
    }
    return ok(
      buildChange(pasteAnnotations.code, `Paste ${describeObjects(added, context.schema)}`, {
        added,
        status: statusFollowing(document, document.annotations.size + added.length),
      }),
    );
  },
};

function pastedInto(
  document: ImageDocument,
  source: PastedAnnotation,
  context: EditContext,
  groups: ReadonlyMap<string, string>,
): Result<Annotation> {
  const label = labelForShape(context.schema, source.labelId, source.shape.type);
  if (!label.ok) return label;
  const shape = placedInside(source.shape, document);
  if (!shape.ok) return shape;
  for (const definition of label.value.attributes) {
    const value = source.attributes[definition.id];
    if (value === undefined) continue;
    const checked = checkAttributeValue(definition, value);
    if (!checked.ok) return checked;
  }
  return ok({
    id: context.newId() as AnnotationId,
    labelId: source.labelId,
    shape: shape.value,
    attributes: attributesFor(label.value, source.attributes),
    isLocked: false,
    isHidden: false,
    isOccluded: source.isOccluded,
    isTruncated: source.isTruncated,
    isCrowd: source.isCrowd,
    origin: 'person',
    createdBy: context.actor,
    createdAt: context.at,
    updatedAt: context.at,
    revision: 0,
    ...(source.note === undefined ? {} : { note: source.note }),
    ...groupOfCopy(source.groupId, groups),
  });
}

function placedInside(shape: Shape, { size }: ImageDocument): Result<Shape> {
  const behaviour = behaviourOf(shape);
  const cut = behaviour.fitted(shape, size);
  if (cut.ok) return cut;
  const bounds = behaviour.bounds(shape);
  const target = rectMovedInside(bounds, size);
  const moved = behaviour.transformed(shape, translation(target.x - bounds.x, target.y - bounds.y));
  return behaviour.fitted(moved, size);
}
