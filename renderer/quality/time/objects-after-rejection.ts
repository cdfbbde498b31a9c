import { canonicalJson } from '../../../shared/document/canonical-json';
import { changeSetOfRecord } from '../../../shared/document/journal';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ChangeRecord } from '../../../shared/schema/change';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { ReviewEvent } from '../../../shared/schema/review';

/**
 * How many objects of an image were drawn, changed or deleted between each rejection and the next time the image was
 * handed in (or now), counted once a rejection: an object that came back to what it was did not change. Rejections that
 * were taken back count for nothing.
 * @param events of the image, oldest first.
 * @param lines of the journal about the image, in any order.
 */
export function objectsAfterRejection(
  events: readonly ReviewEvent[],
  lines: readonly ChangeRecord[],
): number {
  const retracted = new Set(events.flatMap((event) => (event.kind === 'retracted' ? [event.eventId] : [])));
  const valid = events.filter((event) => !retracted.has(event.id));
  const inOrder = [...lines].sort((a, b) => a.seq - b.seq);
  let changed = 0;
  for (const [index, event] of valid.entries()) {
    if (event.kind !== 'judged' || event.verdict !== 'rejected') continue;
    const next = valid.slice(index + 1).find(({ kind }) => kind === 'submitted');
    changed += changedObjects(
      inOrder.filter(({ at }) => at > event.at && (next === undefined || at <= next.at)),
    );
  }
  return changed;
}

/** Objects that are not after these lines what they were before them. */
function changedObjects(lines: readonly ChangeRecord[]): number {
  const before = new Map<AnnotationId, string | null>();
  const after = new Map<AnnotationId, string | null>();
  const note = (id: AnnotationId, was: Annotation | null, is: Annotation | null) => {
    if (!before.has(id)) before.set(id, contentOf(was));
    after.set(id, contentOf(is));
  };
  for (const line of lines) {
    const change = changeSetOfRecord(line);
    if (change === null) continue;
    for (const added of change.added) note(added.id, null, added);
    for (const [was, is] of change.updated) note(is.id, was, is);
    for (const removed of change.removed) note(removed.id, removed, null);
  }
  return [...after].filter(([id, content]) => content !== before.get(id)).length;
}

/** What an object is, whoever saved it when and how often. */
function contentOf(annotation: Annotation | null): string | null {
  if (annotation === null) return null;
  const { revision: _, updatedAt: __, isHidden: ___, isLocked: ____, ...content } = annotation;
  return canonicalJson(content);
}
