import { componentsOfMask } from '../geometry/mask-components';
import { appError } from '../result/app-error';
import { err, ok } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Shape } from '../schema/shapes';
import { runsOfShape, shapeOfRuns } from '../shapes/mask/mask-pixels';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { editableIn } from './edit/editable';
import { asPieces } from './edit/pieces';
import { statusFollowing } from './edit/status-following';

/** More pieces than this come from specks, not from objects. */
const MOST_PIECES = 1000;

export interface SplitAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
}

/**
 * Makes an object of each part of a polygon, each piece of a mask that hangs together, and each of several points. The
 * largest keeps the object's id; objects of one piece stay as they are.
 */
export const splitAnnotations: Action<SplitAnnotationsArgs> = {
  code: 'annotation.split',
  run(document, { ids }, context) {
    const editable = editableIn(document, ids);
    if (!editable.ok) return editable;
    const split: Annotation[] = [];
    const added: Annotation[] = [];
    const updated: (readonly [Annotation, Annotation])[] = [];
    for (const annotation of editable.value) {
      const pieces = piecesOf(annotation.shape);
      if (pieces.length < 2) continue;
      if (pieces.length > MOST_PIECES) {
        return err(
          appError(
            'edit.invalid-shape',
            `This would make ${pieces.length} objects, more than ${MOST_PIECES}. Erase the specks of the mask first.`,
            { pieces: pieces.length },
          ),
        );
      }
      const parts = asPieces(annotation, pieces, context);
      split.push(annotation);
      added.push(...parts.added);
      updated.push(...parts.updated);
    }
    if (split.length === 0) {
      return err(
        appError('edit.invalid-shape', 'This is of one piece. Cut it with the cut tool to make two of it.'),
      );
    }
    return ok(
      buildChange(splitAnnotations.code, `Split ${describeObjects(split, context.schema)}`, {
        added,
        updated,
        status: statusFollowing(document, document.annotations.size + added.length),
      }),
    );
  },
};

function piecesOf(shape: Shape): readonly Shape[] {
  switch (shape.type) {
    case 'polygon':
      return shape.parts.map((part) => ({ type: 'polygon', parts: [part] }));
    case 'mask':
      return componentsOfMask(runsOfShape(shape)).map(shapeOfRuns);
    case 'points':
      return shape.points.map((point) => ({ type: 'points', points: [point] }));
    default:
      return [];
  }
}
