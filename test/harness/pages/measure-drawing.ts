import { Konva } from 'konva/lib/_CoreInternals.js';
import { DARK_CANVAS_THEME } from '../../../renderer/canvas/canvas-theme';
import { drawShapes } from '../../../renderer/canvas/draw-shapes';
import { maskBitmaps } from '../../../renderer/canvas/mask-bitmaps';
import { createPalette } from '../../../renderer/canvas/palette';
import type { Camera } from '../../../shared/geometry/camera';
import type { Annotation } from '../../../shared/schema/annotation';
import { STREET_SCHEMA } from '../label-schema';
import { bareLoop, nodeOf } from './bare-painters';
import { benchEditor } from './bench-editor';
import { BENCH_PICTURE, type BenchKind, benchShapes } from './bench-shapes';

/** Medians of one frame in ms: ours, a bare loop over the same shapes, and one Konva node a shape. */
export interface DrawFigures {
  readonly pan: MotionFigures;
  readonly zoom: MotionFigures;
  /** How much of the two pictures differs, 0 to 1: the loop must draw what we draw. */
  readonly difference: number;
}

export interface MotionFigures {
  readonly ours: number;
  readonly bare: number;
  readonly nodes: number;
}

const VIEW = { width: 1280, height: 720 };
const FRAMES = 60;
const NODE_FRAMES = 4;
const FITTED = VIEW.width / BENCH_PICTURE.width;

type Motion = (frame: number) => Camera;

/** With every shape in view. */
const pan: Motion = (frame) => ({ scale: FITTED * 0.95, offsetX: frame % 17, offsetY: frame % 11 });
/** From the whole picture to 2.4 times that and back, 3 % a frame: shapes leave the view and come back. */
const zoom: Motion = (frame) => {
  const scale = FITTED * 1.03 ** (frame < FRAMES / 2 ? frame : FRAMES - frame);
  const { width, height } = BENCH_PICTURE;
  return { scale, offsetX: (VIEW.width - width * scale) / 2, offsetY: (VIEW.height - height * scale) / 2 };
};

/** Draws the same with each; every frame is read back, so that painting is counted and not only queued. */
export async function measureDrawing(kind: BenchKind, count: number): Promise<DrawFigures> {
  const annotations = benchShapes(kind, count);
  const editor = await benchEditor(annotations);
  editor.setView(VIEW);
  const stage = new Konva.Stage({ container: document.createElement('div'), ...VIEW, listening: false });
  const layer = new Konva.Layer({ listening: false });
  const theme = DARK_CANVAS_THEME;
  const palette = createPalette(STREET_SCHEMA, editor.session.display, theme.unknownLabel);
  const scene = { editor, palette, theme };
  layer.add(
    new Konva.Shape({ listening: false, sceneFunc: (context) => drawShapes(context._context, scene) }),
  );
  stage.add(layer);
  const ours = layer.getCanvas()._canvas;
  const bare = document.createElement('canvas');
  bare.width = VIEW.width;
  bare.height = VIEW.height;
  const bareContext = contextOf(bare);
  const loop = bareLoop(annotations);

  const drawOurs = (camera: Camera) => {
    editor.setCamera(camera);
    maskBitmaps.beginFrame();
    layer.drawScene();
    contextOf(ours).getImageData(0, 0, 1, 1);
  };
  const drawBare = (camera: Camera) => {
    loop(bareContext, camera);
    bareContext.getImageData(0, 0, 1, 1);
  };
  const inTurns = async (motion: Motion) => {
    await untilSharp(() => drawOurs(motion(0)));
    // In turns and each first every other time, so that whatever else the machine does meets both alike.
    const oursInMs: number[] = [];
    const bareInMs: number[] = [];
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const camera = motion(frame);
      if (frame % 2 === 0) oursInMs.push(timed(() => drawOurs(camera)));
      bareInMs.push(timed(() => drawBare(camera)));
      if (frame % 2 === 1) oursInMs.push(timed(() => drawOurs(camera)));
      await nextFrame();
    }
    return { ours: median(oursInMs), bare: median(bareInMs) };
  };

  const panned = await inTurns(pan);
  await untilSharp(() => drawOurs(pan(0)));
  drawBare(pan(0));
  const difference = differenceOf(ours, bare);
  const zoomed = await inTurns(zoom);
  const nodes = await measureNodes(annotations);
  stage.destroy();
  return { pan: { ...panned, nodes: nodes.pan }, zoom: { ...zoomed, nodes: nodes.zoom }, difference };
}

/** Masks get their bitmaps over several frames. */
async function untilSharp(draw: () => void): Promise<void> {
  do {
    draw();
    await nextFrame();
  } while (maskBitmaps.isBehind);
}

async function measureNodes(
  annotations: readonly Annotation[],
): Promise<{ readonly pan: number; readonly zoom: number }> {
  const stage = new Konva.Stage({ container: document.createElement('div'), ...VIEW, listening: false });
  const layer = new Konva.Layer({ listening: false });
  layer.add(...annotations.map(nodeOf));
  stage.add(layer);
  const measure = async (motion: Motion) => {
    const times: number[] = [];
    for (let frame = 0; frame < NODE_FRAMES; frame += 1) {
      times.push(
        timed(() => {
          const { scale, offsetX, offsetY } = motion((frame * FRAMES) / NODE_FRAMES);
          layer.scale({ x: scale, y: scale });
          layer.position({ x: offsetX, y: offsetY });
          layer.drawScene();
          contextOf(layer.getCanvas()._canvas).getImageData(0, 0, 1, 1);
        }),
      );
      await nextFrame();
    }
    return median(times);
  };
  const figures = { pan: await measure(pan), zoom: await measure(zoom) };
  stage.destroy();
  return figures;
}

function differenceOf(a: HTMLCanvasElement, b: HTMLCanvasElement): number {
  const one = contextOf(a).getImageData(0, 0, VIEW.width, VIEW.height).data;
  const other = contextOf(b).getImageData(0, 0, VIEW.width, VIEW.height).data;
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

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page has no 2D canvas.');
  return context;
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

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
