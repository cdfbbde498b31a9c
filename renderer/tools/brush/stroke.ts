import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { fillRings } from '../../../shared/geometry/mask-fill';
import type { MaskRaster } from '../../../shared/geometry/mask-raster';
import { boundsOfStroke, rasterCovering, stampStroke } from '../../../shared/geometry/mask-stamp';
import type { ImagePoint } from '../../../shared/geometry/point';
import { boundsOfPoints, type Rect } from '../../../shared/geometry/rect';
import { rasterOfShape, shapeOfRaster } from '../../../shared/shapes/mask/mask-pixels';
import type { Editor } from '../../editor/editor';
import { keepObject } from '../parts/keep-object';
import type { StrokePurpose } from './stroke-purpose';

/** Pixels while they are painted: a window that grows with the stroke, never the whole picture. */
export interface Stroke {
  /** Draws the brush from one place to another, in image px, and shows it. False, with the reason shown, when it cannot. */
  sweep(editor: Editor, from: ImagePoint, to: ImagePoint): boolean;
  /** Fills an outline, by the even-odd rule. False as in `sweep`. */
  fill(editor: Editor, ring: readonly ImagePoint[]): boolean;
  /** Commits what was painted as one change. False, with the reason as a hint, when it cannot be kept. */
  keep(editor: Editor): boolean;
}

/** Begins a stroke; nothing is shown before something is painted. */
export function beginStroke({ target, isErasing }: StrokePurpose): Stroke {
  let raster: MaskRaster | null = null;
  let version = 0;
  let changed: Rect | null = null;

  /** A raster of our own that holds `needed`; erasing needs no more than there is. */
  function prepare(editor: Editor, needed: Rect): MaskRaster | null {
    const size = editor.document?.size;
    if (size === undefined) return null;
    if (raster === null && target !== null) {
      // The cached one is shared with the canvas.
      const shared = rasterOfShape(target.shape);
      raster = { ...shared, data: shared.data.slice() };
    }
    if (isErasing) return raster;
    const covering = rasterCovering(raster, needed, size);
    if (!covering.ok) {
      show(editor, covering.error.message);
      return null;
    }
    raster = covering.value;
    return raster;
  }

  function show(editor: Editor, hint: string | null): void {
    if (raster === null) {
      editor.setHint(hint);
      return;
    }
    editor.setPreview({
      shapes: [],
      raster: {
        raster,
        version,
        changed: changed ?? { x: raster.x, y: raster.y, width: 0, height: 0 },
        labelId: target?.labelId ?? editor.session.activeLabelId,
        replaces: target?.id ?? null,
      },
      hint,
    });
  }

  function showPainted(editor: Editor, rect: Rect): void {
    version += 1;
    changed = rect;
    show(editor, null);
  }

  return {
    sweep(editor, from, to) {
      const { brushDiameter, brushShape } = editor.session.toolOptions;
      const painted = prepare(editor, boundsOfStroke(from, to, brushDiameter));
      if (painted === null) return false;
      showPainted(editor, stampStroke(painted, from, to, brushDiameter, brushShape, isErasing ? 0 : 1));
      return true;
    },

    fill(editor, ring) {
      const bounds = boundsOfPoints(ring);
      const painted = bounds === null ? null : prepare(editor, bounds);
      if (painted === null || bounds === null) return false;
      fillRings(painted, [ring], isErasing ? 0 : 1);
      showPainted(editor, bounds);
      return true;
    },

    keep(editor) {
      if (raster === null || version === 0) return true;
      const shape = shapeOfRaster(raster);
      if (target === null) return shape === null || keepObject(editor, shape);
      if (shape === null) {
        const isDone = editor.perform(deleteAnnotations, { ids: [target.id] });
        if (isDone) editor.announce('Nothing is left of the mask; it was deleted. Undo brings it back.');
        return isDone;
      }
      const isDone = editor.perform(resizeAnnotation, { id: target.id, shape });
      // What was worked on is worked on next, also when it was found under the pointer.
      editor.select([target.id]);
      return isDone;
    },
  };
}
