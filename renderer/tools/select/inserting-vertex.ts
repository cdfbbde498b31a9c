import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import type { ImagePoint } from '../../../shared/geometry/point';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, PointerInput } from '../../editor/editor';
import { type Snapped, snapPreview, snapped } from '../parts/snapping';
import { pointedInside } from '../pointed';
import { previewOf } from '../preview-of';
import type { Outcome, ToolState } from '../tool';
import type { GrabbedEdge } from './edge-at';

/** Pulls a new vertex out of an edge. */
export function insertingVertex(edge: GrabbedEdge): ToolState {
  const aimOf = (editor: Editor, event: PointerInput): Snapped =>
    snapped(editor, pointedInside(editor, event.screen), event, new Set([edge.annotation.id]));
  return {
    id: 'inserting-vertex',
    cursor: () => 'move',
    onPointerMove(editor, event) {
      const aim = aimOf(editor, event);
      const { marks, lines } = snapPreview(aim);
      editor.setPreview({
        ...previewOf(editor, reshapeAnnotations, argsOf(edge, aim.at)),
        ...(marks.length > 0 && { marks }),
        ...(lines.length > 0 && { lines }),
      });
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      insertVertex(editor, edge, aimOf(editor, event).at);
      return 'done';
    },
  };
}

/** Adds a vertex behind the one that an edge begins at, and chooses it. */
export function insertVertex(editor: Editor, edge: GrabbedEdge, at: ImagePoint): boolean {
  if (!editor.perform(reshapeAnnotations, argsOf(edge, at))) return false;
  editor.selectVertices([newVertexOf(edge)]);
  return true;
}

function newVertexOf({ annotation, after }: GrabbedEdge) {
  // Single points are a ring each.
  return annotation.shape.type === 'points'
    ? { ring: after.ring + 1, index: 0 }
    : { ring: after.ring, index: after.index + 1 };
}

function argsOf({ annotation, after }: GrabbedEdge, at: ImagePoint) {
  const { id, shape } = annotation;
  return { edits: [{ id, shape: behaviourOf(shape).vertices?.inserted(shape, after, at) ?? shape }] };
}
