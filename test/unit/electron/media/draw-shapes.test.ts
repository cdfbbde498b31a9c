import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawShapes } from '../../../../electron/media/draw-shapes';
import { loadVips } from '../../../../electron/media/vips';
import type { Shape } from '../../../../shared/schema/shapes';
import { shapeOfRaster } from '../../../../shared/shapes/mask/mask-pixels';

const SIDE = 120;
let folder: string;
let picture: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundmark-drawn-'));
  picture = path.join(folder, 'black.png');
  const vips = await loadVips();
  const black = vips.Image.black(SIDE, SIDE, { bands: 3 });
  const png = black.writeToBuffer('.png');
  black.delete();
  await writeFile(picture, png);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Red of the picture's pixel, 0 to 255. */
async function redAt(drawn: Uint8Array, x: number, y: number): Promise<number> {
  const vips = await loadVips();
  const image = vips.Image.newFromBuffer(drawn);
  const [red = 0] = image.getpoint(x, y);
  image.delete();
  return red;
}

const square = [
  { x: 20, y: 20 },
  { x: 60, y: 20 },
  { x: 60, y: 60 },
  { x: 20, y: 60 },
];
const mask = shapeOfRaster({ x: 20, y: 20, width: 40, height: 40, data: new Uint8Array(1600).fill(1) });

it.each<[string, Shape | null, readonly [number, number], readonly [number, number]]>([
  ['box', { type: 'box', x: 20, y: 20, width: 40, height: 40 }, [40, 20], [40, 40]],
  [
    'rotated box',
    { type: 'rotated-box', cx: 60, cy: 60, width: 60, height: 20, rotation: 90 },
    [50, 60],
    [30, 60],
  ],
  ['polygon', { type: 'polygon', parts: [{ exterior: square, holes: [] }] }, [40, 60], [40, 40]],
  [
    'polyline',
    {
      type: 'polyline',
      points: [
        { x: 10, y: 50 },
        { x: 110, y: 50 },
      ],
    },
    [60, 50],
    [60, 60],
  ],
  ['points', { type: 'points', points: [{ x: 30, y: 30 }] }, [30, 30], [34, 30]],
  [
    'skeleton',
    {
      type: 'skeleton',
      joints: [
        { name: 'a', x: 10, y: 10, visibility: 2 },
        { name: 'b', x: 10, y: 90, visibility: 1 },
      ],
      edges: [[0, 1]],
    },
    [10, 50],
    [20, 50],
  ],
  ['ellipse', { type: 'ellipse', cx: 60, cy: 60, rx: 40, ry: 20, rotation: 90 }, [60, 100], [100, 60]],
  ['mask', mask, [40, 20], [40, 40]],
  [
    'cuboid',
    {
      type: 'cuboid',
      front: [
        { x: 10, y: 30 },
        { x: 60, y: 30 },
        { x: 60, y: 90 },
        { x: 10, y: 90 },
      ],
      back: [
        { x: 40, y: 10 },
        { x: 90, y: 10 },
        { x: 90, y: 70 },
        { x: 40, y: 70 },
      ],
    },
    [75, 80],
    [100, 100],
  ],
])('a %s is drawn along its outline', async (_, shape, on, off) => {
  if (shape === null) throw new Error('the raster has set pixels');
  const drawn = await drawShapes(picture, [{ shape, color: '#ff0000' }]);
  expect(await redAt(drawn, ...on)).toBeGreaterThan(120);
  expect(await redAt(drawn, ...off)).toBeLessThan(60);
});

it('a tag is not drawn', async () => {
  const drawn = await drawShapes(picture, [{ shape: { type: 'tag' }, color: '#ff0000' }]);
  expect(await redAt(drawn, 0, 0)).toBeLessThan(20);
});
