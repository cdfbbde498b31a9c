import { screenFromImage, visibleRect } from '../../../shared/geometry/camera';
import { imagePoint } from '../../../shared/geometry/point';
import { intersectRects } from '../../../shared/geometry/rect';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor } from '../editor';

/** Selects the next (1) or previous (-1) visible object in drawing order, going round, and brings it into view. */
export function cycleSelection(editor: Editor, step: 1 | -1): boolean {
  const objects = [...(editor.document?.annotations.values() ?? [])].filter((object) => !object.isHidden);
  if (objects.length === 0) return false;
  const current = objects.findIndex((object) => editor.session.selection.has(object.id));
  const start = current === -1 && step === -1 ? 0 : current;
  const next = objects[(start + step + objects.length) % objects.length];
  if (next === undefined) return false;
  editor.select([next.id]);
  bringIntoView(editor, next);
  const name = editor.schema.labels.find((label) => label.id === next.labelId)?.name ?? 'Object';
  editor.announce(`${name}, ${behaviourOf(next.shape).describe(next.shape)}`);
  return true;
}

/** Pans only when nothing of the object is seen: a picture that jumps at each step tires the eye. */
function bringIntoView(editor: Editor, { shape }: Annotation): void {
  const { camera, view } = editor.session;
  const bounds = behaviourOf(shape).bounds(shape);
  if (view.width === 0 || intersectRects(bounds, visibleRect(camera, view)) !== null) return;
  const middle = screenFromImage(
    camera,
    imagePoint(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2),
  );
  editor.setCamera({
    scale: camera.scale,
    offsetX: camera.offsetX + view.width / 2 - middle.x,
    offsetY: camera.offsetY + view.height / 2 - middle.y,
  });
}
