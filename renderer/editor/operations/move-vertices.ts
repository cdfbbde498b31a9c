import { stepInside } from '../../../shared/actions/edit/inside-picture';
import { type ReshapeAnnotationsArgs, reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import { boundsOfPoints } from '../../../shared/geometry/rect';
import type { Annotation } from '../../../shared/schema/annotation';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import type { Editor } from '../editor';
import { chosenVertices } from './chosen-vertices';
import { vertexAt, withVerticesMoved } from './shape-vertices';
import type { SharingObject } from './shared-vertices';

/**
 * Args for moving vertices, with those of other objects that share their places, by a step in image px: together, as
 * far as the picture lets them all go.
 */
export function verticesMovedBy(
  editor: Editor,
  { annotation, vertices }: { readonly annotation: Annotation; readonly vertices: readonly VertexRef[] },
  step: { readonly dx: number; readonly dy: number },
  sharing: readonly SharingObject[] = [],
): ReshapeAnnotationsArgs {
  const places = vertices.flatMap((vertex) => vertexAt(annotation.shape, vertex) ?? []);
  const bounds = boundsOfPoints(places);
  const size = editor.document?.size;
  const { dx, dy } =
    bounds === null || size === undefined ? step : stepInside(bounds, step.dx, step.dy, size);
  return {
    edits: [{ annotation, vertices }, ...sharing].map((one) => ({
      id: one.annotation.id,
      shape: withVerticesMoved(one.annotation.shape, one.vertices, dx, dy),
    })),
  };
}

/** Moves the chosen vertices by a step in image px. False when none are chosen. */
export function nudgeVertices(editor: Editor, step: { readonly dx: number; readonly dy: number }): boolean {
  const chosen = chosenVertices(editor);
  if (chosen === null) return false;
  editor.perform(reshapeAnnotations, verticesMovedBy(editor, chosen, step));
  return true;
}
