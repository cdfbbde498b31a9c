import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTileCache } from '../../../../../electron/media/tiles/tile-cache';
import { createTileService } from '../../../../../electron/media/tiles/tile-service';
import { makePicture } from '../../../../harness/image-fixtures';
import { tileWorker } from '../../../../harness/tile-worker';

const SIZE = { width: 8200, height: 600 };
const CAP = 1e9;

let base: string;
let file: string;

beforeEach(async () => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'tile-service-'));
  file = path.join(base, 'wide.png');
  fs.writeFileSync(file, await makePicture('png', SIZE));
});

afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

function start(capBytes = CAP) {
  const worker = tileWorker();
  return { worker, tiles: createTileService(worker, createTileCache(path.join(base, 'tiles'), capBytes)) };
}

const kept = () => fs.readdirSync(path.join(base, 'tiles')).map((name) => name.slice(0, 64));

const picture = (hash: string) => ({ file, contentHash: hash.repeat(32) });

describe('huge pictures in parts', () => {
  it('answer tiles when they are made, in any order of asking', async () => {
    const { tiles, worker } = start();
    const asked = await Promise.all([
      tiles.tile(picture('aa'), { level: 2, column: 4, row: 0 }),
      tiles.tile(picture('aa'), { level: 0, column: 16, row: 1 }),
      tiles.tile(picture('aa'), { level: 0, column: 0, row: 0 }),
      tiles.overview(picture('aa')),
    ]);
    const [coarse, last, first, overview] = asked;
    expect(coarse).toMatchObject({ ok: true, value: { width: 2, height: 150 } });
    expect(last).toMatchObject({ ok: true, value: { width: 8, height: 88 } });
    expect(overview).toMatchObject({ ok: true, value: { size: SIZE } });
    // The left half is red and the right half blue.
    expect(first.ok && [...first.value.pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
    expect(last.ok && [...last.value.pixels.subarray(0, 3)]).toEqual([0, 0, 255]);
    expect(worker.asked.filter((method) => method === 'tiles.build')).toHaveLength(1);
    expect(await tiles.damage(picture('aa'))).toEqual({ ok: true, value: null });
  });

  it('give a part that crosses tiles, cut to the picture', async () => {
    const { tiles } = start();
    const crop = await tiles.crop(picture('aa'), { x: 4095, y: 511, width: 9000, height: 2 });
    // The worker of this test answers the pixels themselves.
    const pixels = crop.ok ? crop.value.png : new Uint8Array();
    expect(pixels).toHaveLength((8200 - 4095) * 2 * 3);
    expect([...pixels.subarray(4 * 3, 7 * 3)]).toEqual([255, 0, 0, 0, 0, 255, 0, 0, 255]);
    expect(await tiles.crop(picture('aa'), { x: 9000, y: 0, width: 5, height: 5 })).toMatchObject({
      ok: false,
    });
  });

  it('come from disk after a restart, and are made anew when the file is another one', async () => {
    const before = start();
    await before.tiles.damage(picture('aa'));
    const after = start();
    expect((await after.tiles.tile(picture('aa'), { level: 0, column: 1, row: 1 })).ok).toBe(true);
    expect(after.worker.asked).toEqual([]);
    fs.writeFileSync(file, await makePicture('png', { ...SIZE, height: 700 }));
    expect(await after.tiles.overview(picture('aa'))).toMatchObject({ value: { size: { height: 700 } } });
  });

  it('leave nothing half made behind: what a crash left is removed before the next is built', async () => {
    fs.mkdirSync(path.join(base, `tiles/${'aa'.repeat(32)}-left`), { recursive: true });
    fs.writeFileSync(path.join(base, `tiles/${'aa'.repeat(32)}-left/0.rgb`), 'half');
    const { tiles } = start();
    await tiles.damage(picture('aa'));
    expect(kept()).toEqual(['aa'.repeat(32)]);
  });

  it('keep within the cap: the picture not opened for longest goes', async () => {
    // Room for one and a half: 17 x 2 + 9 x 1 + 5 x 1 tiles of 786,432 bytes, sparse at the borders.
    const { tiles } = start(60e6);
    await tiles.damage(picture('aa'));
    await tiles.damage(picture('bb'));
    expect(kept()).toEqual(['bb'.repeat(32)]);
  });

  it('say what cannot be had', async () => {
    const { tiles } = start();
    expect(await tiles.tile(picture('aa'), { level: 0, column: 99, row: 0 })).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
    fs.writeFileSync(file, 'no picture');
    expect(await tiles.overview(picture('aa'))).toMatchObject({
      ok: false,
      error: { code: 'image.undecodable' },
    });
    fs.rmSync(file);
    expect(await tiles.overview(picture('aa'))).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
  });
});
