import {
  type Camera,
  cameraFitting,
  cameraPanned,
  cameraZoomedAt,
  imageFromScreen,
  screenFromImage,
} from '../../shared/geometry/camera';
import { distance, screenPoint } from '../../shared/geometry/point';
import { type Rect, type Size, unionRects } from '../../shared/geometry/rect';
import { behaviourOf } from '../../shared/shapes';
import type { OpenDocument } from './open-document';
import type { SessionStore } from './session-store';

/** A chosen object is shown with this much of its surroundings, as a part of its own size. */
const SURROUNDINGS = 1.5;
/** What the pointer seems to move by rounding when one zooms at it, in image px; far less than anyone points. */
const ROUNDING = 1e-6;

/** Moves the camera. While the whole picture is shown it stays fitted when the window changes its size. */
export interface CameraControl {
  setCamera(camera: Camera): void;
  setView(view: Size): void;
  zoomToFit(): void;
  zoomToSelection(): void;
  /** About the middle of the view. */
  zoomBy(factor: number): void;
  /** Turns the view clockwise by quarter turns; what is in the middle stays there. */
  turn(quarterTurns: number): void;
}

export function createCameraControl(
  session: SessionStore,
  document: () => OpenDocument | null,
): CameraControl {
  let isFitted = true;

  function zoomToFit(): void {
    isFitted = true;
    const { view } = session.current;
    const size = document()?.current.size;
    if (size === undefined || view.width === 0 || view.height === 0) return;
    look(cameraFitting({ x: 0, y: 0, ...size }, view));
  }

  /** The mouse stays where it is on the glass, so the picture moves on under it. */
  function look(camera: Camera): void {
    const { camera: before, pointer } = session.current;
    const at = pointer === null ? null : imageFromScreen(camera, screenFromImage(before, pointer));
    const isMoved = at !== null && pointer !== null && distance(at, pointer) > ROUNDING;
    session.patch(isMoved ? { camera, pointer: at } : { camera });
  }

  function setCamera(camera: Camera): void {
    isFitted = false;
    look(camera);
  }

  return {
    setCamera,
    setView(view) {
      const before = session.current.view;
      if (before.width === view.width && before.height === view.height) return;
      session.patch({ view });
      if (isFitted) zoomToFit();
    },
    zoomToFit,
    zoomToSelection() {
      const open = document();
      const bounds = [...session.current.selection].flatMap((id): Rect[] => {
        const shape = open?.current.annotations.get(id)?.shape;
        return shape === undefined ? [] : [behaviourOf(shape).bounds(shape)];
      });
      const [first, ...others] = bounds;
      if (first === undefined) return;
      const all = others.reduce(unionRects, first);
      setCamera(cameraFitting(withSurroundings(all), session.current.view));
    },
    turn(by) {
      const { quarterTurns, view, camera } = session.current;
      const next = ((((quarterTurns + by) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
      // The view before the turn is as wide as the canvas is high, and the other way round.
      const isSwapped = (next - quarterTurns) % 2 !== 0;
      const turned = isSwapped ? { width: view.height, height: view.width } : view;
      session.batch(() => {
        // Where the pointer is in the turned picture is known when it moves.
        session.patch({ quarterTurns: next, view: turned, pointer: null });
        if (isFitted) zoomToFit();
        else
          setCamera(cameraPanned(camera, (turned.width - view.width) / 2, (turned.height - view.height) / 2));
      });
    },
    zoomBy(factor) {
      const { camera, view } = session.current;
      setCamera(cameraZoomedAt(camera, screenPoint(view.width / 2, view.height / 2), factor));
    },
  };
}

function withSurroundings(rect: Rect): Rect {
  const around = (SURROUNDINGS / 2) * Math.max(rect.width, rect.height, 8);
  return {
    x: rect.x - around,
    y: rect.y - around,
    width: rect.width + 2 * around,
    height: rect.height + 2 * around,
  };
}
