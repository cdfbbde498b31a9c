import type { PixelServices } from '../../renderer/editor/pixel-services';
import { similarPixels } from '../../renderer/pictures/pixels/flood-fill';
import { growWire, wayFromSeed } from '../../renderer/pictures/pixels/grow-wire';
import { wireCosts } from '../../renderer/pictures/pixels/wire-costs';
import { imagePoint } from '../../shared/geometry/point';
import type { Size } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok } from '../../shared/result/result';
import { shapeOfRaster } from '../../shared/shapes/mask/mask-pixels';

/** What the worker does, on a picture that a test draws: one level of grey a pixel. Places beyond it are brought in. */
export function drawnPixels(size: Size, levelAt: (x: number, y: number) => number): PixelServices {
  const { width, height } = size;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      rgba.fill(levelAt(x, y), at, at + 3);
      rgba[at + 3] = 255;
    }
  }
  const costs = wireCosts(rgba, width, height);
  const inside = (value: number, length: number) => Math.min(Math.max(Math.floor(value), 0), length - 1);
  return {
    async wire(seed) {
      const toSeed = growWire(costs, inside(seed.x, width), inside(seed.y, height));
      return ok({
        seed,
        pathTo(to) {
          const way = wayFromSeed(toSeed, width, inside(to.x, width), inside(to.y, height)).slice(1, -1);
          return [seed, ...way.map(([x, y]) => imagePoint(x + 0.5, y + 0.5)), to];
        },
      });
    },
    async wand(seed, options) {
      const [x, y] = [inside(seed.x, width), inside(seed.y, height)];
      const found = similarPixels({ rgba, width, height }, x, y, options);
      const shape = shapeOfRaster(found);
      return shape === null ? err(appError('edit.too-small', 'None.')) : ok({ shape, isPart: false });
    },
    async sample(at) {
      const level = rgba[(Math.floor(at.y) * width + Math.floor(at.x)) * 4] ?? 0;
      return { channels: [level, level, level], bits: 8 };
    },
  };
}
