import { Image as KonvaImage } from 'konva/lib/shapes/Image.js';
import { Line as KonvaLine } from 'konva/lib/shapes/Line.js';
import { Rect as KonvaRect } from 'konva/lib/shapes/Rect.js';
import type { Camera } from '../../../shared/geometry/camera';
import type { Annotation } from '../../../shared/schema/annotation';
import { rasterOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { STREET_SCHEMA } from '../label-schema';

/** What a person would write by hand to draw one shape: straight onto the context, nothing else. */
export type BarePainter = (context: CanvasRenderingContext2D, camera: Camera) => void;

const COLOURS = new Map<string, string>(STREET_SCHEMA.labels.map((label) => [label.id, label.color]));
const colourOf = ({ labelId }: Annotation) => COLOURS.get(labelId) ?? '#000000';

const bitmaps = new WeakMap<Annotation, HTMLCanvasElement>();

/** A bare loop over the same shapes in the same styles; bitmaps of masks are made before. */
export function bareLoop(annotations: readonly Annotation[]): BarePainter {
  const painters = annotations.map(painterOf);
  return (context, camera) => {
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.lineWidth = 1;
    for (const paint of painters) paint(context, camera);
  };
}

function painterOf(annotation: Annotation): BarePainter {
  const { shape } = annotation;
  const colour = colourOf(annotation);
  if (shape.type === 'box') {
    return (context, { scale, offsetX, offsetY }) => {
      context.strokeStyle = colour;
      const left = Math.round(shape.x * scale + offsetX);
      const top = Math.round(shape.y * scale + offsetY);
      const right = Math.round((shape.x + shape.width) * scale + offsetX);
      const bottom = Math.round((shape.y + shape.height) * scale + offsetY);
      context.strokeRect(left + 0.5, top + 0.5, right - left, bottom - top);
    };
  }
  if (shape.type === 'polygon') {
    const points = shape.parts[0]?.exterior ?? [];
    return (context, { scale, offsetX, offsetY }) => {
      context.strokeStyle = colour;
      context.beginPath();
      for (const { x, y } of points) context.lineTo(x * scale + offsetX, y * scale + offsetY);
      context.closePath();
      context.stroke();
    };
  }
  if (shape.type !== 'mask') throw new Error(`No bare loop draws ${shape.type}.`);
  const bitmap = bitmapOf(annotation);
  return (context, { scale, offsetX, offsetY }) => {
    context.drawImage(
      bitmap,
      shape.x * scale + offsetX,
      shape.y * scale + offsetY,
      shape.width * scale,
      shape.height * scale,
    );
  };
}

/** One Konva node a shape, as most tools do it. */
export function nodeOf(annotation: Annotation): KonvaRect | KonvaLine | KonvaImage {
  const { shape } = annotation;
  const look = { stroke: colourOf(annotation), strokeWidth: 1, strokeScaleEnabled: false };
  if (shape.type === 'box') {
    const { x, y, width, height } = shape;
    return new KonvaRect({ x, y, width, height, ...look });
  }
  if (shape.type === 'polygon') {
    const points = (shape.parts[0]?.exterior ?? []).flatMap(({ x, y }) => [x, y]);
    return new KonvaLine({ points, closed: true, ...look });
  }
  if (shape.type !== 'mask') throw new Error(`No node draws ${shape.type}.`);
  return new KonvaImage({ x: shape.x, y: shape.y, image: bitmapOf(annotation) });
}

/** The mask's pixels in its label's colour, at full size. */
function bitmapOf(annotation: Annotation): HTMLCanvasElement {
  const known = bitmaps.get(annotation);
  if (known !== undefined) return known;
  const { shape } = annotation;
  if (shape.type !== 'mask') throw new Error('Only masks have bitmaps.');
  const canvas = document.createElement('canvas');
  canvas.width = shape.width;
  canvas.height = shape.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page has no 2D canvas.');
  const image = context.createImageData(shape.width, shape.height);
  const value = Number.parseInt(colourOf(annotation).slice(1), 16);
  rasterOfShape(shape).data.forEach((isSet, i) => {
    if (isSet === 0) return;
    image.data.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, 23], 4 * i);
  });
  context.putImageData(image, 0, 0);
  bitmaps.set(annotation, canvas);
  return canvas;
}
