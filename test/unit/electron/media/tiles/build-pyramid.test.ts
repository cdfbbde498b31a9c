import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type Vips from 'wasm-vips';
import { buildPyramid } from '../../../../../electron/media/tiles/build-pyramid';
import { makeOverview } from '../../../../../electron/media/tiles/make-overview';
import { readRect, readTile } from '../../../../../electron/media/tiles/read-tiles';
import { loadVips } from '../../../../../electron/media/vips';
import { pyramidLevels, type TileAddress } from '../../../../../shared/geometry/tile-pyramid';

/** No multiple of a tile in either direction, and larger than one tile both ways. */
const SIZE = { width: 4301, height: 1301 };

let vips: typeof Vips;
let folder: string;

beforeAll(async () => {
  vips = await loadVips();
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every pixel tells where it is: red its column, green its row, blue both in steps. */
function picture(): Vips.Image {
  const places = vips.Image.xyz(SIZE.width, SIZE.height);
  const column = places.extractBand(0);
  const row = places.extractBand(1);
  const steps = column
    .linear(1 / 256, 0)
    .floor()
    .linear(8, 0)
    .add(row.linear(1 / 256, 0).floor());
  return column
    .remainder([256])
    .bandjoin([row.remainder([256]), steps])
    .cast('uchar')
    .copy({ interpretation: 'srgb' });
}

function write(image: Vips.Image, name: string): string {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiles-'));
  const file = path.join(folder, name);
  fs.writeFileSync(file, image.writeToBuffer(path.extname(name)));
  return file;
}

async function build(file: string) {
  const built: TileAddress[] = [];
  const signal = new AbortController().signal;
  const result = await buildPyramid(
    vips,
    { file, folder },
    { signal, onBuilt: (tiles) => built.push(...tiles) },
  );
  return { result, built };
}

describe('the tiles of a picture', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are upright at orientation %i', async (orientation) => {
    const stored = picture();
    stored.setInt('orientation', orientation);
    const file = write(stored, 'turned.tif');
    // libvips turns the whole picture in memory, which is what huge ones have no room for.
    const upright = vips.Image.newFromFile(file).autorot();
    const size = { width: upright.width, height: upright.height };
    const { result, built } = await build(file);
    expect(result).toEqual({ ok: true, value: { damagedFromRow: null } });
    const count = pyramidLevels(size).reduce((sum, level) => sum + level.columns * level.rows, 0);
    expect(new Set(built.map((tile) => JSON.stringify(tile))).size).toBe(count);
    const whole = await readRect(folder, size, { x: 0, y: 0, ...size });
    const expected = Buffer.from(upright.extractBand(0, { n: 3 }).writeToMemory());
    expect(whole !== null && Buffer.compare(expected, whole)).toBe(0);
  });

  it.each([7, 100, 128, 700, 1301])('come from TIFF in strips of %i rows', async (rows) => {
    const file = write(picture(), 'strips.tif');
    fs.writeFileSync(file, picture().writeToBuffer('.tif', { tile_height: rows, compression: 'lzw' }));
    expect((await build(file)).result).toEqual({ ok: true, value: { damagedFromRow: null } });
    const whole = await readRect(folder, SIZE, { x: 0, y: 0, ...SIZE });
    expect(whole !== null && Buffer.compare(Buffer.from(picture().writeToMemory()), whole)).toBe(0);
  });

  it('are means of four on the next level', async () => {
    const file = write(picture(), 'plain.png');
    await build(file);
    const tile = await readTile(folder, SIZE, { level: 1, column: 1, row: 0 });
    // Level 1 tile 1/0 begins at 1024, 0; its px at 3, 2 covers the columns 1030, 1031 and the rows 4, 5.
    const at = (2 * 512 + 3) * 3;
    expect([tile?.[at], tile?.[at + 1]]).toEqual([7, 5]);
  });

  it('go on grey where the file is cut off, and say from which row', async () => {
    const noise = (seed: number) =>
      vips.Image.gaussnoise(SIZE.width, SIZE.height, { mean: 128, sigma: 40, seed });
    const image = noise(1)
      .bandjoin([noise(2), noise(3)])
      .cast('uchar')
      .copy({ interpretation: 'srgb' });
    const file = write(image, 'cut.jpg');
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
    const { result, built } = await build(file);
    // Half of the bytes are about half of 1,301 rows: the damage is in the second strip of tiles.
    expect(result).toEqual({ ok: true, value: { damagedFromRow: 512 } });
    expect(built).toHaveLength(9 * 3 + 5 * 2);
    const overview = await makeOverview(vips, file);
    expect(overview).toMatchObject({ ok: true, value: { size: SIZE } });
  });

  it('stop when another picture is opened, and refuse what is no picture', async () => {
    const file = write(picture(), 'plain.png');
    const stop = AbortSignal.abort();
    const stopped = await buildPyramid(vips, { file, folder }, { signal: stop, onBuilt: () => undefined });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
    fs.writeFileSync(file, 'no picture at all');
    expect((await build(file)).result).toMatchObject({ ok: false, error: { code: 'image.undecodable' } });
  });

  it('show grey as grey, transparent as white and 16 bits as 8', async () => {
    const grey = vips.Image.black(SIZE.width, SIZE.height)
      .linear(1, 77)
      .cast('uchar')
      .copy({ interpretation: 'b-w' });
    await build(write(grey, 'grey.png'));
    expect([...((await readRect(folder, SIZE, { x: 9, y: 9, width: 1, height: 1 })) ?? [])]).toEqual([
      77, 77, 77,
    ]);
    fs.rmSync(folder, { recursive: true });
    const clear = vips.Image.black(SIZE.width, SIZE.height, { bands: 4 })
      .cast('uchar')
      .copy({ interpretation: 'srgb' });
    await build(write(clear, 'clear.png'));
    expect([...((await readRect(folder, SIZE, { x: 9, y: 9, width: 1, height: 1 })) ?? [])]).toEqual([
      255, 255, 255,
    ]);
    fs.rmSync(folder, { recursive: true });
    const deep = vips.Image.black(SIZE.width, SIZE.height, { bands: 3 })
      .linear(1, 257 * 50)
      .cast('ushort');
    await build(write(deep.copy({ interpretation: 'rgb16' }), 'deep.tif'));
    expect([...((await readRect(folder, SIZE, { x: 9, y: 9, width: 1, height: 1 })) ?? [])]).toEqual([
      50, 50, 50,
    ]);
  });
});
