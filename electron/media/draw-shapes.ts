import { readFile } from 'node:fs/promises';
import type { Shape } from '../../shared/schema/shapes';
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
    if (shape.type === 'polyline') {
      const points = shape.points.map(({ x, y }) => `${x},${y}`).join(' ');
      return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="${stroke}"/>`;
    }
    return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="none" stroke="${color}" stroke-width="${stroke}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${forms.join('')}</svg>`;
}
