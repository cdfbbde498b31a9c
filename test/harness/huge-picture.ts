import fs from 'node:fs';
import { loadVips } from '../../electron/media/vips';

/** Sides of the texture that is repeated, in px. */
const TEXTURE = { width: 4000, height: 2800 } as const;

/**
 * Writes a JPEG of any size with what photos of streets cost a decoder: large soft areas, hard edges of blocks, and the
 * fine noise of a sensor (2.5 bits a px at quality 88).
 */
export async function writeHugeJpeg(file: string, width: number, height: number): Promise<void> {
  const vips = await loadVips();
  const noise = (sides: { width: number; height: number }, mean: number, sigma: number, seed: number) =>
    vips.Image.gaussnoise(sides.width, sides.height, { mean, sigma, seed });
  const shrunk = (by: number) => ({ width: TEXTURE.width / by, height: TEXTURE.height / by });
  const band = (seed: number) =>
    noise(shrunk(40), 0, 60, seed)
      .resize(40, { kernel: 'cubic' })
      .add(noise(shrunk(4), 0, 20, seed + 9).resize(4, { kernel: 'nearest' }))
      .add(noise(TEXTURE, 128, 5, seed + 99))
      .cast('uchar');
  const texture = band(1)
    .bandjoin([band(2), band(3)])
    .copy({ interpretation: 'srgb' })
    .copyMemory();
  const across = Math.ceil(width / TEXTURE.width);
  const down = Math.ceil(height / TEXTURE.height);
  const whole = texture.replicate(across, down).crop(0, 0, width, height);
  fs.writeFileSync(file, whole.writeToBuffer('.jpg', { Q: 88 }));
}
