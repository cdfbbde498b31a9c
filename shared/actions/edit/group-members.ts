import type { ImageDocument } from '../../document/image-document';
import type { Annotation } from '../../schema/annotation';

/** Objects that would be the only ones of their group once `leaving` have left it; locked ones stay as they are. */
export function leftAlone(document: ImageDocument, leaving: readonly Annotation[]): readonly Annotation[] {
  const gone = new Set(leaving.map(({ id }) => id));
  const groups = new Set(leaving.flatMap(({ groupId }) => groupId ?? []));
  const staying = new Map<string, Annotation[]>();
  for (const annotation of document.annotations.values()) {
    const { id, groupId } = annotation;
    if (groupId === undefined || !groups.has(groupId) || gone.has(id)) continue;
    staying.set(groupId, [...(staying.get(groupId) ?? []), annotation]);
  }
  return [...staying.values()]
    .flatMap((members) => (members.length === 1 ? members : []))
    .filter(({ isLocked }) => !isLocked);
}
