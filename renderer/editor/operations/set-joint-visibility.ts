import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import type { JointVisibility } from '../../../shared/schema/shapes';
import type { Editor } from '../editor';
import { chosenVertices } from './chosen-vertices';

const NAMES: Readonly<Record<JointVisibility, string>> = { 0: 'not labelled', 1: 'hidden', 2: 'seen' };

/** Says of the chosen joints of a skeleton whether they are seen. False when no joints are chosen. */
export function setJointVisibility(editor: Editor, visibility: JointVisibility): boolean {
  const chosen = chosenVertices(editor);
  if (chosen === null || chosen.annotation.shape.type !== 'skeleton') return false;
  const { annotation, vertices } = chosen;
  const meant = new Set(vertices.map(({ index }) => index));
  const joints = chosen.annotation.shape.joints.map((joint, index) =>
    meant.has(index) ? { ...joint, visibility } : joint,
  );
  const names = joints.filter((_, index) => meant.has(index)).map(({ name }) => name);
  const shape = { ...chosen.annotation.shape, joints };
  const isDone = editor.perform(reshapeAnnotations, { edits: [{ id: annotation.id, shape }] });
  if (isDone) editor.announce(`${names.join(', ')}: ${NAMES[visibility]}`);
  return true;
}

/** The visibility that a digit key means, or null. */
export function visibilityOfKey(key: string): JointVisibility | null {
  if (key === '0') return 0;
  if (key === '1') return 1;
  return key === '2' ? 2 : null;
}
