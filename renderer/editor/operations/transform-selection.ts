import { boundsTogether } from '../../../shared/actions/edit/inside-picture';
import { transformAnnotations } from '../../../shared/actions/transform-annotations';
import { type Affine, rotationAbout, scalingAbout } from '../../../shared/geometry/affine';
import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor } from '../editor';
import { shownSelection } from './shown-selection';

/** Turns the selection clockwise about the middle of what may move. True when something changed. */
export function turnSelection(editor: Editor, degrees: number): boolean {
  return transformed(editor, (centre) => rotationAbout(centre, degrees));
}

/** Scales the selection about its middle. True when something changed. */
export function scaleSelection(editor: Editor, factor: number): boolean {
  return transformed(editor, (centre) => scalingAbout(centre, factor, factor));
}

function transformed(editor: Editor, transformAbout: (centre: ImagePoint) => Affine): boolean {
  const ids = shownSelection(editor);
  if (ids === null) return false;
  const placed = ids.flatMap((id): Annotation[] => {
    const annotation = editor.document?.annotations.get(id);
    return annotation !== undefined && isCarried(annotation) ? [annotation] : [];
  });
  const centre = placed.length === 0 ? imagePoint(0, 0) : middleOf(placed);
  // With nothing to carry the action says why.
  return editor.perform(transformAnnotations, { ids, transform: transformAbout(centre) });
}

function isCarried({ shape, isLocked, isPinned }: Annotation): boolean {
  return !isLocked && isPinned !== true && behaviourOf(shape).cover !== 'none';
}

function middleOf(annotations: readonly Annotation[]): ImagePoint {
  const { x, y, width, height } = boundsTogether(annotations);
  return imagePoint(x + width / 2, y + height / 2);
}
