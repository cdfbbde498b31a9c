import type { ImageDocument } from '../../shared/document/image-document';
import type { Annotation } from '../../shared/schema/annotation';

const known = new WeakMap<ImageDocument, ReadonlyMap<string, readonly Annotation[]>>();

/** Objects by their group. O(n) once for each state of the document, so that frames while dragging cost nothing. */
export function membersOfGroups(document: ImageDocument): ReadonlyMap<string, readonly Annotation[]> {
  const before = known.get(document);
  if (before !== undefined) return before;
  const groups = new Map<string, Annotation[]>();
  for (const annotation of document.annotations.values()) {
    if (annotation.groupId === undefined) continue;
    const members = groups.get(annotation.groupId);
    if (members === undefined) groups.set(annotation.groupId, [annotation]);
    else members.push(annotation);
  }
  known.set(document, groups);
  return groups;
}
