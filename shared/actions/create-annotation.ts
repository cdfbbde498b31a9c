import { ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId, LabelId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { attributesFor, labelForShape } from './edit/label-for-shape';
import { statusFollowing } from './edit/status-following';

export interface CreateAnnotationArgs {
  readonly labelId: LabelId;
  /** In image px; cut to the picture. */
  readonly shape: Shape;
}

/** Adds one object on top of the others. */
export const createAnnotation: Action<CreateAnnotationArgs> = {
  code: 'annotation.create',
  run(document, { labelId, shape }, context) {
    const label = labelForShape(context.schema, labelId, shape.type);
    if (!label.ok) return label;
    const fitted = behaviourOf(shape).fitted(shape, document.size);
    if (!fitted.ok) return fitted;
    const annotation: Annotation = {
      id: context.newId() as AnnotationId,
      labelId,
      shape: fitted.value,
      attributes: attributesFor(label.value, {}),
      isLocked: false,
      isHidden: false,
      isOccluded: false,
      isTruncated: false,
      isCrowd: false,
      origin: 'person',
      createdBy: context.actor,
      createdAt: context.at,
      updatedAt: context.at,
      revision: 0,
    };
    return ok(
      buildChange(createAnnotation.code, `Draw ${label.value.name}`, {
        added: [annotation],
        status: statusFollowing(document, document.annotations.size + 1),
      }),
    );
  },
};
