import { canonicalJson } from '../document/canonical-json';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import type { Action } from './edit/action';
import { buildChange, withEdit } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';

export interface ReshapeAnnotationsArgs {
  /** Whole new shapes in image px, each of the type that the object has; cut to the picture. */
  readonly edits: readonly { readonly id: AnnotationId; readonly shape: Shape }[];
}

/** Changes the outlines of several objects at once, e.g. a border that they share. Locked ones stay. */
export const reshapeAnnotations: Action<ReshapeAnnotationsArgs> = {
  code: 'annotation.reshape',
  run(document, { edits }, context) {
    const editable = editableIn(
      document,
      edits.map(({ id }) => id),
    );
    if (!editable.ok) return editable;
    const shapes = new Map(edits.map(({ id, shape }) => [id, shape]));
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of editable.value) {
      const shape = shapes.get(annotation.id);
      if (shape === undefined || shape.type !== annotation.shape.type) {
        return err(
          appError('edit.invalid-shape', 'An object keeps its kind of shape. Draw a new one instead.'),
        );
      }
      const fitted = behaviourOf(shape).fitted(shape, document.size);
      if (!fitted.ok) return fitted;
      if (canonicalJson(fitted.value) === canonicalJson(annotation.shape)) continue;
      updated.push(withEdit(annotation, context, { shape: fitted.value }));
    }
    const label = `Reshape ${describeObjects(editable.value, context.schema)}`;
    return ok(buildChange(reshapeAnnotations.code, label, { updated }));
  },
};
