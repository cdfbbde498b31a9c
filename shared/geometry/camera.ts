import { type ImagePoint, imagePoint, type ScreenPoint, screenPoint } from './point';
import { clamp, type Rect, type Size } from './rect';

/** How image px map to screen px: `screen = image * scale + offset`. `scale` is screen px per image px. */
export interface Camera {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Below this a 20,000 px picture is thinner than a finger; above it one image px fills a small window. */
export const MIN_SCALE = 0.01;
export const MAX_SCALE = 64;

export function screenFromImage(camera: Camera, point: ImagePoint): ScreenPoint {
  return screenPoint(point.x * camera.scale + camera.offsetX, point.y * camera.scale + camera.offsetY);
}

export function imageFromScreen(camera: Camera, point: ScreenPoint): ImagePoint {
  return imagePoint((point.x - camera.offsetX) / camera.scale, (point.y - camera.offsetY) / camera.scale);
}

/** The camera that shows `rect` whole and centred in a view of `view` screen px, with a margin in screen px. */
export function cameraFitting(rect: Rect, view: Size, marginInScreenPx = 24): Camera {
  const room = (side: number) => Math.max(side - 2 * marginInScreenPx, 1);
  const scale = clamp(
    Math.min(room(view.width) / Math.max(rect.width, 1), room(view.height) / Math.max(rect.height, 1)),
    MIN_SCALE,
    MAX_SCALE,
  );
  return {
    scale,
    offsetX: view.width / 2 - (rect.x + rect.width / 2) * scale,
    offsetY: view.height / 2 - (rect.y + rect.height / 2) * scale,
  };
}

/** Zooms by `factor` so that the image point under `anchor` stays under it. */
export function cameraZoomedAt(camera: Camera, anchor: ScreenPoint, factor: number): Camera {
  const scale = clamp(camera.scale * factor, MIN_SCALE, MAX_SCALE);
  const fixed = imageFromScreen(camera, anchor);
  return { scale, offsetX: anchor.x - fixed.x * scale, offsetY: anchor.y - fixed.y * scale };
}

export function cameraPanned(camera: Camera, dxInScreenPx: number, dyInScreenPx: number): Camera {
  return {
    scale: camera.scale,
    offsetX: camera.offsetX + dxInScreenPx,
    offsetY: camera.offsetY + dyInScreenPx,
  };
}

/** The part of image space that a view of `view` screen px shows. */
export function visibleRect(camera: Camera, view: Size): Rect {
  return {
    x: -camera.offsetX / camera.scale,
    y: -camera.offsetY / camera.scale,
    width: view.width / camera.scale,
    height: view.height / camera.scale,
  };
}
