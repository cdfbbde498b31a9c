import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor } from '../editor';
import { chosenVertices } from './chosen-vertices';
import { setJointVisibility } from './set-joint-visibility';

/**
 * Removes the chosen vertices; a ring left with too few goes whole, and the object with its last ring. Joints of a
 * skeleton have their place in it: they become not labelled. False when no vertices are chosen.
 */
export function deleteVertices(editor: Editor): boolean {
  const chosen = chosenVertices(editor);
  if (chosen === null) return false;
  const { annotation, vertices } = chosen;
  const { shape, id } = annotation;
  if (shape.type === 'skeleton') {
    setJointVisibility(editor, 0);
    return true;
  }
  const editing = behaviourOf(shape).vertices;
  if (editing === undefined) {
    editor.setHint('These corners belong to the shape and cannot be removed one by one.');
    return true;
  }
  const left = editing.removed(shape, vertices);
  const isDone =
    left === null
      ? editor.perform(deleteAnnotations, { ids: [id] })
      : editor.perform(reshapeAnnotations, { edits: [{ id, shape: left }] });
  if (isDone) {
    editor.selectVertices([]);
    editor.announce(left === null ? 'The object had no points left and was deleted.' : 'Points removed.');
  }
  return true;
}
