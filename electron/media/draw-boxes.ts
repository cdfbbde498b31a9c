import { readFile } from 'node:fs/promises';
import type { Shape } from '../../shared/schema/shapes';
import { loadVips } from './vips';

export interface DrawnShape {
  readonly shape: Shape;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** JPEG bytes of an upright picture with shapes and their names painted on it, for showing what a dataset says. */
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
  const forms = shapes.map(({ shape, name, color }) => {
    if (shape.type === 'polyline') {
      const points = shape.points.map(({ x, y }) => `${x},${y}`).join(' ');
      return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="${stroke}"/>`;
    }
    const text = `<text x="${shape.x + stroke}" y="${Math.max(shape.y - stroke * 2, stroke * 6)}" font-family="sans-serif" font-size="${stroke * 6}" fill="${color}">${escaped(name)}</text>`;
    return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="none" stroke="${color}" stroke-width="${stroke}"/>${text}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${forms.join('')}</svg>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
}
