import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { AnnotationId } from '../../shared/schema/ids';
import type { VertexRef } from '../../shared/shapes/shape-behaviour';
import type { Session } from './editor';
import { vertexAt } from './operations/shape-vertices';

/**
 * What of the session a change of the document makes stale: objects that are gone are no longer selected, hovered or
 * isolated, and vertices that are gone are no longer chosen. What was just made joins the isolated, or nobody would
 * see it.
 */
export function sessionAfterChange(
  session: Session,
  change: ChangeSet,
  document: ImageDocument,
): Partial<Session> {
  const isThere = (id: AnnotationId) => document.annotations.has(id);
  const selection = [...session.selection].filter(isThere);
  const isSelectionWhole = selection.length === session.selection.size;
  return {
    ...(isSelectionWhole ? {} : { selection: new Set(selection) }),
    ...(session.hovered === null || isThere(session.hovered) ? {} : { hovered: null }),
    ...isolationAfter(session, change, isThere),
    ...verticesAfter(session, selection, document),
  };
}

function isolationAfter(
  { isolated }: Session,
  change: ChangeSet,
  isThere: (id: AnnotationId) => boolean,
): Partial<Session> {
  if (isolated === null) return {};
  const left = new Set([...isolated, ...change.added.map(({ id }) => id)].filter(isThere));
  if (left.size === 0) return { isolated: null };
  const isSame = left.size === isolated.size && [...left].every((id) => isolated.has(id));
  return isSame ? {} : { isolated: left };
}

function verticesAfter(
  { selectedVertices }: Session,
  selection: readonly AnnotationId[],
  document: ImageDocument,
): Partial<Session> {
  if (selectedVertices.length === 0) return {};
  const [only, ...others] = selection;
  const shape = only === undefined ? undefined : document.annotations.get(only)?.shape;
  const isKept = (vertex: VertexRef) =>
    shape !== undefined && others.length === 0 && vertexAt(shape, vertex) !== null;
  const kept = selectedVertices.filter(isKept);
  return kept.length === selectedVertices.length ? {} : { selectedVertices: kept };
}
