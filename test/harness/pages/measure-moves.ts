import { mountCanvas } from '../../../renderer/canvas/mount-canvas';
import type { Editor } from '../../../renderer/editor/editor';
import { type ScreenPoint, screenPoint } from '../../../shared/geometry/point';
import type { Size } from '../../../shared/geometry/rect';
import type { Annotation } from '../../../shared/schema/annotation';
import { annotation, boxAt } from '../annotations';
import { CAR } from '../label-schema';
import { benchEditor } from './bench-editor';
import { BENCH_PICTURE, benchShapes } from './bench-shapes';
import { contextOf, nextFrame } from './measure-drawing';
import { streetPicture } from './street-picture';

export type Gesture = 'drag-shape' | 'draw-box' | 'drag-vertex' | 'brush';

/** Ms from a pointer move to its painted preview, frame by frame; and of a bare canvas that shows the same preview. */
export interface MoveFigures {
  readonly moves: readonly number[];
  readonly bare: readonly number[];
}

const MOVES = 150;
const VIEW = { width: 1280, height: 720 };
/** Brushes are measured at 4K, one screen px an image px. */
const LARGE_VIEW = { width: 3840, height: 2160 };
const BRUSH_DIAMETER = 200;
/** At 1:1 by the camera below, with room to be dragged about. */
const OWN_BOX = boxAt(500, 300, 160, 120);
const OWN_POLYGON = {
  type: 'polygon',
  parts: [
    {
      exterior: Array.from({ length: 20 }, (_, i) => ({
        x: 600 + 120 * Math.cos((2 * Math.PI * i) / 20),
        y: 350 + 90 * Math.sin((2 * Math.PI * i) / 20),
      })),
      holes: [],
    },
  ],
} as const;

/** Among `count` other shapes on the whole canvas: picture, shapes and overlay as the app has them. */
export async function measureMoves(gesture: Gesture, count: number): Promise<MoveFigures> {
  const own = annotation(count, gesture === 'drag-vertex' ? OWN_POLYGON : OWN_BOX);
  const view = gesture === 'brush' ? LARGE_VIEW : VIEW;
  const container = document.createElement('div');
  container.style.cssText = `position:fixed;left:0;top:0;width:${view.width}px;height:${view.height}px;z-index:9`;
  document.body.append(container);
  const editor = await benchEditor([...benchShapes('boxes', count), own]);
  const canvas = mountCanvas(container, editor);
  canvas.setPicture(streetPicture(view.width, view.height), BENCH_PICTURE);
  // The whole picture is seen, so that all shapes are.
  const scale = view.width / BENCH_PICTURE.width;
  editor.setCamera({ scale, offsetX: 0, offsetY: 0 });
  editor.setActiveLabel(CAR.id);
  const start = begin(editor, gesture, own, scale);
  for (let frame = 0; frame < 5; frame += 1) await nextFrame();

  const pointer = (type: 'pointerDown' | 'pointerMove', x: number, y: number) =>
    editor.dispatch({
      type,
      screen: screenPoint(x, y),
      button: 'primary',
      shift: false,
      alt: false,
      control: false,
    });
  pointer('pointerMove', start.x, start.y);
  pointer('pointerDown', start.x, start.y);
  pointer('pointerMove', start.x + 20, start.y + 20);
  await nextFrame();

  const moves: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    const { x, y } = placeOf(n, start, view);
    moves.push(await painted(container, () => void pointer('pointerMove', x, y)));
    if (editor.session.preview === null) throw new Error(`Nothing is shown while ${gesture}.`);
  }
  const bare = await bareMoves(container, start, gesture);
  editor.dispatch({ type: 'cancel' });
  canvas.destroy();
  container.remove();
  return { moves, bare };
}

/** Work from the move to the pixels: of the event itself, and of the frame that follows, read back. */
async function painted(container: HTMLElement, move: () => void): Promise<number> {
  let frameStart = 0;
  // Callbacks of a frame run in the order they were asked for: this one, the canvas's own, and the last.
  requestAnimationFrame(() => {
    frameStart = performance.now();
  });
  const start = performance.now();
  move();
  const dispatched = performance.now() - start;
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      for (const layer of container.querySelectorAll('canvas')) contextOf(layer).getImageData(0, 0, 1, 1);
      resolve(dispatched + performance.now() - frameStart);
    });
  });
}

/** A way that bends and crosses itself, over a twelfth of the view each way. */
function placeOf(n: number, start: ScreenPoint, view: Size): ScreenPoint {
  return screenPoint(
    start.x + 30 + (view.width / 20) * Math.sin(n / 9),
    start.y + 30 + (view.height / 18) * Math.cos(n / 7),
  );
}

/** The same on an empty canvas with nothing else to do: a box drawn anew, or one more piece of a thick line. */
async function bareMoves(container: HTMLElement, start: ScreenPoint, gesture: Gesture) {
  const view = gesture === 'brush' ? LARGE_VIEW : VIEW;
  const canvas = document.createElement('canvas');
  canvas.width = view.width;
  canvas.height = view.height;
  container.append(canvas);
  const context = contextOf(canvas);
  context.strokeStyle = CAR.color;
  const times: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    await nextFrame();
    const { x, y } = placeOf(n, start, view);
    const from = performance.now();
    if (gesture === 'brush') {
      const last = placeOf(n - 1, start, view);
      context.lineCap = 'round';
      context.lineWidth = BRUSH_DIAMETER;
      context.beginPath();
      context.moveTo(last.x, last.y);
      context.lineTo(x, y);
      context.stroke();
    } else {
      context.clearRect(0, 0, view.width, view.height);
      context.lineWidth = 2;
      context.strokeRect(x, y, 160, 120);
    }
    context.getImageData(0, 0, 1, 1);
    times.push(performance.now() - from);
  }
  return times;
}

/** Chooses the tool and what it works on; gives the screen px where the drag begins. */
function begin(editor: Editor, gesture: Gesture, own: Annotation, scale: number) {
  if (gesture === 'brush') {
    editor.setToolOptions({ brushDiameter: BRUSH_DIAMETER });
    editor.setTool('brush');
    return { x: 1600, y: 1000 };
  }
  if (gesture === 'draw-box') {
    editor.setTool('box');
    return { x: 400, y: 300 };
  }
  editor.setTool('select');
  editor.select([own.id]);
  if (gesture === 'drag-shape') return { x: 580 * scale, y: 360 * scale };
  // The polygon's first vertex.
  return { x: 720 * scale, y: 350 * scale };
}
