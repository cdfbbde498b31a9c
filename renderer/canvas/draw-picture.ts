import type { Size } from '../../shared/geometry/rect';
import { drawGrid } from './draw-grid';
import { type DrawableTiles, drawTiles } from './picture-tiles';
import type { Scene } from './scene';
import { applyTurn, turnOf } from './view-turn';

/** Above this zoom a person looks at pixels, and smoothing would hide them. */
const SHARP_ABOVE_SCALE = 3;

/** A picture as the canvas is given it; whoever lent it may close a bitmap at any time. */
export type PictureImage = ImageBitmap | HTMLImageElement | HTMLCanvasElement;

export interface ShownPicture {
  readonly image: PictureImage | null;
  /** In image px; what is drawn is stretched to it. */
  readonly size: Size;
  /** Of a huge picture, whose `image` is an overview. */
  readonly tiles: DrawableTiles | null;
}

/** The picture where the camera shows it, a plain area while it is not there, and the grid over it. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  { editor, theme }: Scene,
  { image, size, tiles }: ShownPicture,
): void {
  if (size.width === 0) return;
  const { session } = editor;
  const { camera, display, view } = session;
  context.save();
  applyTurn(context, turnOf(session));
  const width = size.width * camera.scale;
  const height = size.height * camera.scale;
  if (image !== null && isOpen(image)) {
    context.imageSmoothingEnabled = camera.scale <= SHARP_ABOVE_SCALE;
    context.drawImage(image, camera.offsetX, camera.offsetY, width, height);
    if (tiles !== null) drawTiles(context, tiles, size, view, camera);
  } else {
    context.fillStyle = theme.pictureFill;
    context.fillRect(camera.offsetX, camera.offsetY, width, height);
  }
  if (display.isGridShown) drawGrid(context, size, view, camera, display.gridStep, theme.grid);
  context.restore();
}

/** Drawing a closed bitmap throws. */
export function isOpen(image: PictureImage): boolean {
  return !(image instanceof ImageBitmap && image.width === 0);
}
