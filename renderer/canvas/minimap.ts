import { type Camera, visibleRect } from '../../shared/geometry/camera';
import { imagePoint, type ScreenPoint, screenPoint } from '../../shared/geometry/point';
import { intersectRects, type Rect, rectContains, type Size } from '../../shared/geometry/rect';
import type { Editor } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import { isOpen, type ShownPicture } from './draw-picture';
import { applyTurn, turnedRect, turnedSize, unturnedPoint, type ViewTurn } from './view-turn';

const LARGEST: Size = { width: 200, height: 150 };
const MARGIN = 12;

/** Where the small picture lies on the glass, and how it is turned and scaled there. */
export interface MinimapPlace {
  readonly frame: Rect;
  /** Screen px of the small picture for one image px. */
  readonly scale: number;
  readonly turn: ViewTurn;
}

/** The lower right corner of the glass; at most a third of it either way. */
export function minimapPlace(
  picture: Size,
  glass: Size,
  quarterTurns: ViewTurn['quarterTurns'],
): MinimapPlace {
  const seen = turnedSize(quarterTurns, picture);
  const scale = Math.min(
    Math.min(LARGEST.width, glass.width / 3) / seen.width,
    Math.min(LARGEST.height, glass.height / 3) / seen.height,
  );
  const width = Math.max(Math.round(seen.width * scale), 1);
  const height = Math.max(Math.round(seen.height * scale), 1);
  return {
    frame: { x: glass.width - MARGIN - width, y: glass.height - MARGIN - height, width, height },
    scale,
    turn: { quarterTurns, width: picture.width * scale, height: picture.height * scale },
  };
}

/** The camera that brings what lies under a point of the small picture into the middle of the view. */
export function cameraTowards(
  { frame, scale, turn }: MinimapPlace,
  at: ScreenPoint,
  camera: Camera,
  view: Size,
): Camera {
  const own = unturnedPoint(turn, screenPoint(at.x - frame.x, at.y - frame.y));
  return {
    scale: camera.scale,
    offsetX: view.width / 2 - (own.x / scale) * camera.scale,
    offsetY: view.height / 2 - (own.y / scale) * camera.scale,
  };
}

/** The whole picture in the lower right corner with a frame around what is seen; pressing there goes there. */
export interface Minimap {
  draw(context: CanvasRenderingContext2D, picture: ShownPicture, theme: CanvasTheme): void;
  /** True when a press at a point of the glass is the minimap's; drags go on with `dragTo` until `release`. */
  press(at: ScreenPoint, picture: ShownPicture): boolean;
  dragTo(at: ScreenPoint, picture: ShownPicture): boolean;
  release(): boolean;
}

export function createMinimap(editor: Editor): Minimap {
  let small: { readonly of: ShownPicture; readonly canvas: OffscreenCanvas } | null = null;
  let isDragged = false;

  function placeOf({ size }: ShownPicture): MinimapPlace | null {
    const { display, view, quarterTurns } = editor.session;
    if (!display.isMinimapShown || size.width === 0 || view.width === 0) return null;
    return minimapPlace(size, turnedSize(quarterTurns, view), quarterTurns);
  }

  function goTo(at: ScreenPoint, place: MinimapPlace): void {
    const { camera, view } = editor.session;
    editor.setCamera(cameraTowards(place, at, camera, view));
  }

  /** Shrunk once a picture: shrinking a large one takes some ms. */
  function smallOf(picture: ShownPicture, { turn }: MinimapPlace): OffscreenCanvas | null {
    if (small?.of === picture) return small.canvas;
    if (picture.image === null || !isOpen(picture.image)) return null;
    const ratio = window.devicePixelRatio;
    const canvas = new OffscreenCanvas(
      Math.max(Math.round(turn.width * ratio), 1),
      Math.max(Math.round(turn.height * ratio), 1),
    );
    const context = canvas.getContext('2d');
    if (context === null) return null;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(picture.image, 0, 0, canvas.width, canvas.height);
    small = { of: picture, canvas };
    return canvas;
  }

  return {
    draw(context, picture, theme) {
      const place = placeOf(picture);
      if (place === null) return;
      const { frame, scale, turn } = place;
      const { camera, view } = editor.session;
      context.fillStyle = theme.hintFill;
      context.fillRect(frame.x - 3, frame.y - 3, frame.width + 6, frame.height + 6);
      const canvas = smallOf(picture, place);
      if (canvas !== null) {
        context.save();
        context.translate(frame.x, frame.y);
        applyTurn(context, turn);
        context.drawImage(canvas, 0, 0, turn.width, turn.height);
        context.restore();
      }
      const seen = visibleRect(camera, view);
      const own = turnedRect(turn, {
        x: seen.x * scale,
        y: seen.y * scale,
        width: seen.width * scale,
        height: seen.height * scale,
      });
      const shown = intersectRects({ ...own, x: own.x + frame.x, y: own.y + frame.y }, frame);
      if (shown === null) return;
      context.lineWidth = 3;
      context.strokeStyle = theme.halo;
      context.strokeRect(shown.x, shown.y, shown.width, shown.height);
      context.lineWidth = 1.5;
      context.strokeStyle = theme.selectionHalo;
      context.strokeRect(shown.x, shown.y, shown.width, shown.height);
    },
    press(at, picture) {
      const place = placeOf(picture);
      if (place === null || !rectContains(place.frame, imagePoint(at.x, at.y))) return false;
      isDragged = true;
      goTo(at, place);
      return true;
    },
    dragTo(at, picture) {
      const place = placeOf(picture);
      if (!isDragged || place === null) return isDragged;
      goTo(at, place);
      return true;
    },
    release() {
      const wasDragged = isDragged;
      isDragged = false;
      return wasDragged;
    },
  };
}
