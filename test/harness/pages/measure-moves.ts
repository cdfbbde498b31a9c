import { mountCanvas } from '../../../renderer/canvas/mount-canvas';
import { createEditor } from '../../../renderer/editor/create-editor';
import type { Editor } from '../../../renderer/editor/editor';
import { screenPoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import { annotation, boxAt, countingIds, testId } from '../annotations';
import { CAR, STREET_SCHEMA } from '../label-schema';
import { createMemoryStore } from '../memory-store';
import { BENCH_PICTURE, benchShapes } from './bench-shapes';
import { contextOf, nextFrame } from './measure-drawing';
import { streetPicture } from './street-picture';

export type Gesture = 'drag-shape' | 'draw-box' | 'drag-vertex';

/** Ms from a pointer move to its painted preview, frame by frame; and of a bare canvas that shows the same preview. */
export interface MoveFigures {
  readonly moves: readonly number[];
  readonly bare: readonly number[];
}

const MOVES = 150;
const VIEW = { width: 1280, height: 720 };
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
  const container = document.createElement('div');
  container.style.cssText = `position:fixed;left:0;top:0;width:${VIEW.width}px;height:${VIEW.height}px;z-index:9`;
  document.body.append(container);
  const editor = await editorWith([...benchShapes('boxes', count), own]);
  const canvas = mountCanvas(container, editor);
  canvas.setPicture(streetPicture(VIEW.width, VIEW.height), BENCH_PICTURE);
  // The whole picture is seen, so that all shapes are.
  const scale = VIEW.width / BENCH_PICTURE.width;
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

  const layers = [...container.querySelectorAll('canvas')];
  const moves: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    const x = start.x + 30 + 60 * Math.sin(n / 9);
    const y = start.y + 30 + 40 * Math.cos(n / 7);
    moves.push(await painted(layers, () => void pointer('pointerMove', x, y)));
    if (editor.session.preview === null) throw new Error(`Nothing is shown while ${gesture}.`);
  }
  const bare = await bareMoves(container, start);
  editor.dispatch({ type: 'cancel' });
  canvas.destroy();
  container.remove();
  return { moves, bare };
}

/** Work from the move to the pixels: of the event itself, and of the frame that follows, read back. */
async function painted(layers: readonly HTMLCanvasElement[], move: () => void): Promise<number> {
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
      for (const layer of layers) contextOf(layer).getImageData(0, 0, 1, 1);
      resolve(dispatched + performance.now() - frameStart);
    });
  });
}

async function bareMoves(container: HTMLElement, start: { readonly x: number; readonly y: number }) {
  const canvas = document.createElement('canvas');
  canvas.width = VIEW.width;
  canvas.height = VIEW.height;
  container.append(canvas);
  const context = contextOf(canvas);
  const times: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    await nextFrame();
    const from = performance.now();
    context.clearRect(0, 0, VIEW.width, VIEW.height);
    context.lineWidth = 2;
    context.strokeStyle = CAR.color;
    context.strokeRect(start.x + 60 * Math.sin(n / 9), start.y + 40 * Math.cos(n / 7), 160, 120);
    context.getImageData(0, 0, 1, 1);
    times.push(performance.now() - from);
  }
  return times;
}

/** Chooses the tool and what it works on; gives the screen px where the drag begins. */
function begin(editor: Editor, gesture: Gesture, own: Annotation, scale: number) {
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

async function editorWith(annotations: readonly Annotation[]): Promise<Editor> {
  const store = createMemoryStore(countingIds(500_000));
  const imageId = testId(900_010) as ImageId;
  store.seed(imageId, annotations);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'bench',
    newId: countingIds(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  await editor.open(imageId, BENCH_PICTURE);
  return editor;
}
