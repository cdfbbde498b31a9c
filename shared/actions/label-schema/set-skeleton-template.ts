import { err, ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import type { SkeletonTemplate } from '../../schema/shapes';
import { editLabel, foldedName, invalidEdit, type SchemaEdit } from './schema-edit';

/**
 * Sets what skeletons of a label are made from; null takes it away. What was drawn keeps its own joints and edges.
 * Refuses joints of one name and edges that join nothing, a joint with itself, or the same two twice.
 */
export const setSkeletonTemplate: SchemaEdit<{
  readonly labelId: LabelId;
  readonly skeleton: SkeletonTemplate | null;
}> = (schema, { labelId, skeleton }) =>
  editLabel(schema, labelId, ({ skeleton: _, ...label }) => {
    if (skeleton === null) return ok(label);
    const problem = problemOf(skeleton);
    return problem === null ? ok({ ...label, skeleton }) : err(problem);
  });

function problemOf({ joints, edges }: SkeletonTemplate) {
  const names = new Set<string>();
  for (const { name } of joints) {
    if (foldedName(name) === '') return invalidEdit('A joint needs a name.');
    if (names.has(foldedName(name))) {
      return invalidEdit(`There is already a joint named “${name.trim()}”. Choose another name.`);
    }
    names.add(foldedName(name));
  }
  const joined = new Set<string>();
  for (const [from, to] of edges) {
    const pair = [from, to].sort((a, b) => a - b).join('-');
    if (from === to || from >= joints.length || to >= joints.length || joined.has(pair)) {
      return invalidEdit('An edge joins two different joints, and two joints are joined once.');
    }
    joined.add(pair);
  }
  return null;
}
