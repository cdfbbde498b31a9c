import { canonicalJson } from '../document/canonical-json';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';

export interface ResizeAnnotationArgs {
  readonly id: AnnotationId;
  /** The whole new shape in image px, of the same type; cut to the picture. */
  readonly shape: Shape;
}

/** Gives one object a new outline. */
export const resizeAnnotation: Action<ResizeAnnotationArgs> = {
  code: 'annotation.resize',
  run(document, { id, shape }, context) {
    const editable = editableIn(document, [id]);
    if (!editable.ok) return editable;
    const [annotation] = editable.value;
    if (annotation === undefined || annotation.shape.type !== shape.type) {
      return err(
        appError('edit.invalid-shape', 'An object keeps its kind of shape. Draw a new one instead.'),
      );
    }
    const fitted = behaviourOf(shape).fitted(shape, document.size);
    if (!fitted.ok) return fitted;
    // Of a mask it is pixels that come and go, also when its size stays.
    const verb = shape.type === 'mask' ? 'Repaint' : 'Resize';
    const label = `${verb} ${describeObjects(editable.value, context.schema)}`;
    const isSame = canonicalJson(fitted.value) === canonicalJson(annotation.shape);
    return ok(
      buildChange(resizeAnnotation.code, label, {
        updated: isSame ? [] : [withEdit(annotation, context, { shape: fitted.value })],
      }),
    );
  },
};
