import { describe, expect, it } from 'vitest';
import { NO_ADJUSTMENTS } from '../../../../renderer/editor/display-settings';
import type { PictureRef } from '../../../../renderer/pictures/asset-url';
import type { PictureAnswer, PictureTask } from '../../../../renderer/pictures/picture-messages';
import { createTileSource } from '../../../../renderer/pictures/tile-source';
import { appError } from '../../../../shared/result/app-error';
import { Sha256, SourceId } from '../../../../shared/schema/ids';

const PICTURE: PictureRef = {
  sourceId: SourceId.parse('7f8a3c52-8f0e-4a53-9a55-0d7f9a3c1b11'),
  key: 'huge.jpg',
  contentHash: Sha256.parse('ab'.repeat(32)),
  format: 'jpeg',
  width: 20_000,
  height: 14_000,
  exifOrientation: 1,
};
const OVERVIEW = { width: 2500, height: 1750 };

/** A worker whose tiles come when the test says so. */
function createWorker() {
  const asked: string[] = [];
  const made: string[] = [];
  const closed: string[] = [];
  const waiting = new Map<string, (answer: PictureAnswer) => void>();
  const name = (task: PictureTask) => task.url.split('/').slice(5, 8).join('/');
  return {
    asked,
    made,
    closed,
    waiting,
    async finish(...keys: readonly string[]) {
      for (const key of keys) {
        made.push(key);
        const bitmap = { width: 512, height: 512, close: () => void closed.push(key) };
        waiting.get(key)?.({ kind: 'bitmap', bitmap, damage: null });
        waiting.delete(key);
      }
      await new Promise((resolve) => setTimeout(resolve));
    },
    perform(task: PictureTask, signal?: AbortSignal): Promise<PictureAnswer> {
      const key = name(task);
      asked.push(key);
      return new Promise((resolve) => {
        waiting.set(key, resolve);
        signal?.addEventListener('abort', () => {
          waiting.delete(key);
          resolve({ kind: 'failed', error: appError('job.cancelled', 'Withdrawn.') });
        });
      });
    },
  };
}

const MIDDLE = { x: 10_000, y: 7000, width: 600, height: 300 };

describe('the tiles of a huge picture on screen', () => {
  it('are asked for where one looks and one ring around, what is seen first', () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    expect(tiles.look(MIDDLE, 1)).toEqual([]);
    // Columns 19 and 20, rows 13 and 14 are seen; with the ring 4 x 4.
    expect(worker.asked.slice(0, 4).toSorted()).toEqual(['0/19/13', '0/19/14', '0/20/13', '0/20/14']);
    expect(worker.asked).toHaveLength(16);
    // The same look asks nothing again.
    tiles.look(MIDDLE, 1);
    expect(worker.asked).toHaveLength(16);
  });

  it('are not needed while the overview is as fine as the screen', () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    tiles.look({ x: 0, y: 0, width: 20_000, height: 14_000 }, 0.05);
    expect(worker.asked).toEqual([]);
    expect(tiles.isSharp()).toBe(true);
  });

  it('are drawn as they come, coarse ones under fine ones, and are sharp when all are there', async () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    let told = 0;
    tiles.subscribe(() => {
      told += 1;
    });
    tiles.look(MIDDLE, 0.4);
    await worker.finish('1/9/6', '1/10/6', '1/9/7', '1/10/7');
    expect(told).toBe(4);
    expect(tiles.isSharp()).toBe(true);
    tiles.look(MIDDLE, 1);
    expect(tiles.isSharp()).toBe(false);
    await worker.finish('0/20/14');
    const sides = tiles.look(MIDDLE, 1).map(({ rect }) => rect.width);
    expect(sides.at(-1)).toBe(512);
    expect(sides.slice(0, -1).every((side) => side === 1024)).toBe(true);
  });

  it('are withdrawn when one looks elsewhere', async () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    tiles.look(MIDDLE, 1);
    tiles.look({ ...MIDDLE, x: 0, y: 0 }, 1);
    expect([...worker.waiting.keys()].every((key) => /^0\/[0-2]\/[01]$/.test(key))).toBe(true);
  });

  it('stay within a bound: those not looked at for longest go', async () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    for (let column = 0; column < 33; column += 4) {
      tiles.look({ x: column * 512, y: 2000, width: 2048, height: 1024 }, 1);
      await worker.finish(...worker.waiting.keys());
    }
    expect(worker.closed.length).toBeGreaterThan(0);
    // What is on screen now is never among them.
    expect(worker.closed.some((key) => key.startsWith('0/33/'))).toBe(false);
    expect(worker.made.length - worker.closed.length).toBeLessThanOrEqual(96);
    tiles.close();
    expect(worker.closed.toSorted()).toEqual(worker.made.toSorted());
  });

  it('come anew when the adjustments change, and stay shown until then', async () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    tiles.look(MIDDLE, 1);
    await worker.finish(...worker.waiting.keys());
    const before = worker.asked.length;
    tiles.setAdjustments({ ...NO_ADJUSTMENTS, isInverted: true });
    expect(worker.asked.length).toBe(before * 2);
    expect(tiles.isSharp()).toBe(false);
    expect(tiles.look(MIDDLE, 1)).toHaveLength(4);
  });

  it('say once why there will be no more, and ask for none then', async () => {
    const worker = createWorker();
    const tiles = createTileSource(PICTURE, OVERVIEW, worker);
    const said: unknown[] = [];
    tiles.subscribe((failure) => said.push(failure?.code));
    tiles.look(MIDDLE, 1);
    const [first] = worker.waiting.values();
    first?.({ kind: 'failed', error: appError('file.disk-full', 'No room.') });
    await new Promise((resolve) => setTimeout(resolve));
    expect(said).toEqual(['file.disk-full']);
    const before = worker.asked.length;
    tiles.look({ ...MIDDLE, x: 0 }, 1);
    expect(worker.asked.length).toBe(before);
  });
});
