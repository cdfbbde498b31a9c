import { Konva } from 'konva/lib/_CoreInternals.js';
import { Rect as KonvaRect } from 'konva/lib/shapes/Rect.js';
import { DARK_CANVAS_THEME } from '../../../renderer/canvas/canvas-theme';
import { drawShapes } from '../../../renderer/canvas/draw-shapes';
import { createPalette } from '../../../renderer/canvas/palette';
import { createEditor } from '../../../renderer/editor/create-editor';
import type { Editor } from '../../../renderer/editor/editor';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import { annotation, boxAt, countingIds, testId } from '../annotations';
import { CAR, PERSON, SIGN, STREET_SCHEMA } from '../label-schema';
import { createMemoryStore } from '../memory-store';

/** Medians of one pan/zoom frame in ms: ours, a bare loop over the same boxes, and one Konva node a box. */
export interface DrawFigures {
  readonly ours: number;
  readonly bare: number;
  readonly nodes: number;
  /** How much of the two pictures differs, 0 to 1: the loop must draw what we draw. */
  readonly difference: number;
}

const VIEW = { width: 1280, height: 720 };
const PICTURE = { width: 3840, height: 2160 };
const FRAMES = 60;
const NODE_FRAMES = 8;

/** Draws the same pan and zoom with each; every frame is read back, so that painting is counted and not only queued. */
export async function measureDrawing(count: number): Promise<DrawFigures> {
  const boxes = randomBoxes(count);
  const editor = await editorWith(boxes);
  const stageHost = document.createElement('div');
  const stage = new Konva.Stage({ container: stageHost, ...VIEW, listening: false });
  const layer = new Konva.Layer({ listening: false });
  const theme = DARK_CANVAS_THEME;
  const palette = createPalette(STREET_SCHEMA, editor.session.display, theme.unknownLabel);
  const scene = { editor, palette, theme };
  layer.add(
    new Konva.Shape({ listening: false, sceneFunc: (context) => drawShapes(context._context, scene) }),
  );
  stage.add(layer);
  const bareCanvas = document.createElement('canvas');
  bareCanvas.width = VIEW.width;
  bareCanvas.height = VIEW.height;
  const bareContext = bareCanvas.getContext('2d');
  if (bareContext === null) throw new Error('This page has no 2D canvas.');
  const colours = new Map(STREET_SCHEMA.labels.map((label) => [label.id, label.color]));

  const drawOurs = (frame: number) => {
    editor.setCamera(cameraOf(frame));
    layer.drawScene();
    layer.getCanvas()._canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
  };
  const drawBare = (frame: number) => {
    const { scale, offsetX, offsetY } = cameraOf(frame);
    bareContext.clearRect(0, 0, VIEW.width, VIEW.height);
    bareContext.lineWidth = 1;
    for (const { shape, labelId } of boxes) {
      if (shape.type !== 'box') continue;
      bareContext.strokeStyle = colours.get(labelId) ?? '#000000';
      const left = Math.round(shape.x * scale + offsetX);
      const top = Math.round(shape.y * scale + offsetY);
      const right = Math.round((shape.x + shape.width) * scale + offsetX);
      const bottom = Math.round((shape.y + shape.height) * scale + offsetY);
      bareContext.strokeRect(left + 0.5, top + 0.5, right - left, bottom - top);
    }
    bareContext.getImageData(0, 0, 1, 1);
  };

  // In turns and each first every other time, so that cold caches and whatever else the machine does meet both alike.
  const ours: number[] = [];
  const bare: number[] = [];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (frame % 2 === 0) ours.push(timed(() => drawOurs(frame)));
    bare.push(timed(() => drawBare(frame)));
    if (frame % 2 === 1) ours.push(timed(() => drawOurs(frame)));
    await nextFrame();
  }
  const difference = differenceOf(layer.getCanvas()._canvas, bareCanvas);
  const nodes = await measureNodes(boxes, colours);
  stage.destroy();
  return { ours: median(ours), bare: median(bare), nodes, difference };
}

async function measureNodes(
  boxes: readonly Annotation[],
  colours: ReadonlyMap<string, string>,
): Promise<number> {
  const stage = new Konva.Stage({ container: document.createElement('div'), ...VIEW, listening: false });
  const layer = new Konva.Layer({ listening: false });
  for (const { shape, labelId } of boxes) {
    if (shape.type !== 'box') continue;
    const { x, y, width, height } = shape;
    const stroke = colours.get(labelId) ?? '#000000';
    layer.add(new KonvaRect({ x, y, width, height, stroke, strokeWidth: 1, strokeScaleEnabled: false }));
  }
  stage.add(layer);
  const times: number[] = [];
  for (let frame = 0; frame < NODE_FRAMES; frame += 1) {
    times.push(
      timed(() => {
        const { scale, offsetX, offsetY } = cameraOf(frame);
        layer.scale({ x: scale, y: scale });
        layer.position({ x: offsetX, y: offsetY });
        layer.drawScene();
        layer.getCanvas()._canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
      }),
    );
    await nextFrame();
  }
  stage.destroy();
  return median(times);
}

async function editorWith(boxes: readonly Annotation[]): Promise<Editor> {
  const store = createMemoryStore(countingIds(500_000));
  const imageId = testId(900_009) as ImageId;
  store.seed(imageId, boxes);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'bench',
    newId: countingIds(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  await editor.open(imageId, PICTURE);
  editor.setView(VIEW);
  return editor;
}

/** Pans and zooms about the whole picture, with every box in view. */
function cameraOf(frame: number) {
  const scale = (VIEW.width / PICTURE.width) * (1 - 0.002 * frame);
  return { scale, offsetX: frame % 17, offsetY: frame % 11 };
}

function randomBoxes(count: number): readonly Annotation[] {
  let seed = 20_240_229;
  // Park and Miller's minimal standard generator: the same boxes in every run.
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const labels = [CAR.id, PERSON.id, SIGN.id];
  return Array.from({ length: count }, (_, n) => {
    const width = 20 + random() * 180;
    const height = 20 + random() * 140;
    const shape = boxAt(
      random() * (PICTURE.width - width),
      random() * (PICTURE.height - height),
      width,
      height,
    );
    return annotation(n, shape, { labelId: labels[n % labels.length] ?? CAR.id });
  });
}

function differenceOf(a: HTMLCanvasElement, b: HTMLCanvasElement): number {
  const one = a.getContext('2d')?.getImageData(0, 0, VIEW.width, VIEW.height).data ?? [];
  const other = b.getContext('2d')?.getImageData(0, 0, VIEW.width, VIEW.height).data ?? [];
  let inked = 0;
  let same = 0;
  for (let i = 3; i < one.length; i += 4) {
    const isInked = (one[i] ?? 0) > 0;
    const isOther = (other[i] ?? 0) > 0;
    if (isInked || isOther) inked += 1;
    if (isInked && isOther) same += 1;
  }
  return inked === 0 ? 1 : 1 - same / inked;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
