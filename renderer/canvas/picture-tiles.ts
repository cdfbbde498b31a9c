import type { Camera } from '../../shared/geometry/camera';
import type { Rect, Size } from '../../shared/geometry/rect';

/** The tiles of a huge picture as the canvas sees them; whoever lent them keeps them. */
export interface DrawableTiles {
  /** What there is to draw of the part `seen` (image px), coarse before fine; asks for what is missing. */
  look(
    seen: Rect,
    /** Device px a image px. */
    scale: number,
  ): readonly { readonly bitmap: ImageBitmap; readonly rect: Rect }[];
  /** Hears when there is more to draw. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

/**
 * Draws the tiles over the overview. The context draws in px before the turn of the view.
 * @param view size of the canvas before the turn, in screen px.
 */
export function drawTiles(
  context: CanvasRenderingContext2D,
  tiles: DrawableTiles,
  size: Size,
  view: Size,
  camera: Camera,
): void {
  const ratio = window.devicePixelRatio;
  const { scale, offsetX, offsetY } = camera;
  const seen = {
    x: -offsetX / scale,
    y: -offsetY / scale,
    width: view.width / scale,
    height: view.height / scale,
  };
  const found = tiles.look(seen, scale * ratio);
  if (found.length === 0) return;
  // On whole device px, or the overview would shine through between tiles.
  const snap = (place: number): number => Math.round(place * ratio) / ratio;
  context.save();
  context.beginPath();
  context.rect(offsetX, offsetY, size.width * scale, size.height * scale);
  context.clip();
  for (const { bitmap, rect } of found) {
    const left = snap(rect.x * scale + offsetX);
    const top = snap(rect.y * scale + offsetY);
    const right = snap((rect.x + rect.width) * scale + offsetX);
    const bottom = snap((rect.y + rect.height) * scale + offsetY);
    context.drawImage(bitmap, left, top, right - left, bottom - top);
  }
  context.restore();
}
