import { readFile } from 'node:fs/promises';
import type { Shape, Vertex } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { loadVips } from './vips';

export interface DrawnShape {
  readonly shape: Shape;
  /** `#rrggbb`. */
  readonly color: string;
}

/**
 * JPEG bytes of an upright picture with shapes painted on it in their labels' colours, for showing what a dataset says.
 * Without names: libvips in WebAssembly has no fonts.
 */
export async function drawShapes(picture: string, shapes: readonly DrawnShape[]): Promise<Uint8Array> {
  const vips = await loadVips();
  const stored = vips.Image.newFromBuffer(await readFile(picture));
  const image = stored.autorot();
  const overlay = vips.Image.svgloadBuffer(
    new TextEncoder().encode(svgOf(shapes, image.width, image.height)),
  );
  const drawn = image.composite2(overlay, 'over');
  const flat = drawn.flatten();
  try {
    return flat.writeToBuffer('.jpg', { Q: 90, strip: true });
  } finally {
    for (const each of [flat, drawn, overlay, image, stored]) each.delete();
  }
}

function svgOf(shapes: readonly DrawnShape[], width: number, height: number): string {
  const stroke = Math.max(2, Math.round(Math.max(width, height) / 500));
  const forms = shapes.map(({ shape, color }) => {
    const lines = behaviourOf(shape)
      .outline(shape)
      .map(({ points, isClosed }) => pathOf(points, isClosed))
      .join('');
    // Round ends show a line of one point, which is a point, as a dot.
    return `<path d="${lines}" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linecap="round"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${forms.join('')}</svg>`;
}

function pathOf(points: readonly Vertex[], isClosed: boolean): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const on = rest.length === 0 ? [first] : rest;
  return `M${first.x},${first.y}${on.map(({ x, y }) => `L${x},${y}`).join('')}${isClosed ? 'Z' : ''}`;
}
