import { describe, expect, it } from 'vitest';
import { type PictureRef, pictureUrl } from '../../../../renderer/pictures/asset-url';
import type { PictureAnswer, PictureTask } from '../../../../renderer/pictures/picture-messages';
import { createPictureSource } from '../../../../renderer/pictures/picture-source';
import { appError } from '../../../../shared/result/app-error';
import { Sha256, SourceId } from '../../../../shared/schema/ids';

const sourceId = SourceId.parse('7f8a3c52-8f0e-4a53-9a55-0d7f9a3c1b11');

/** 100 x 100 px, which is 40,000 bytes decoded. */
function picture(index: number, more: Partial<PictureRef> = {}): PictureRef {
  return {
    sourceId,
    key: `${index}.jpg`,
    contentHash: Sha256.parse(index.toString(16).padStart(64, '0')),
    format: 'jpeg',
    width: 100,
    height: 100,
    exifOrientation: 1,
    ...more,
  };
}

/** Stands in for the browser's worker, which Node does not have: answers when the test says so. */
function createDecoder() {
  const waiting = new Map<string, { finish: () => void; signal: AbortSignal | undefined }>();
  const asked: string[] = [];
  const closed: string[] = [];
  const name = (task: PictureTask) => task.url.split('/').at(-1) ?? '';
  return {
    waiting,
    asked,
    closed,
    async finish(key: string) {
      waiting.get(key)?.finish();
      waiting.delete(key);
      await new Promise((resolve) => setTimeout(resolve));
    },
    worker: {
      perform(task: PictureTask, signal?: AbortSignal): Promise<PictureAnswer> {
        const key = name(task);
        asked.push(key);
        return new Promise((resolve) => {
          const bitmap: ImageBitmap = { width: 100, height: 100, close: () => closed.push(key) };
          waiting.set(key, { finish: () => resolve({ kind: 'bitmap', bitmap, damage: null }), signal });
          signal?.addEventListener('abort', () =>
            resolve({ kind: 'failed', error: appError('job.cancelled', 'Withdrawn.') }),
          );
        });
      },
      close: () => undefined,
    },
  };
}

describe('the picture source', () => {
  it('decodes once, and gives the same bitmap from then on', async () => {
    const decoder = createDecoder();
    const source = createPictureSource(decoder.worker);
    const first = source.open(picture(1));
    const again = source.open(picture(1));
    await decoder.finish('1.jpg');
    const later = await source.open(picture(1));
    expect(await first).toEqual(await again);
    expect(later).toEqual(await first);
    expect(decoder.asked).toEqual(['1.jpg']);
  });

  it('prefetches nearest first, one at a time, and drops wishes that are no longer in the list', async () => {
    const decoder = createDecoder();
    const source = createPictureSource(decoder.worker);
    source.prefetch([picture(2), picture(0), picture(3)]);
    expect(decoder.asked).toEqual(['2.jpg']);
    await decoder.finish('2.jpg');
    expect(decoder.asked).toEqual(['2.jpg', '0.jpg']);
    source.prefetch([picture(5)]);
    expect(decoder.waiting.get('0.jpg')?.signal?.aborted).toBe(true);
    await decoder.finish('5.jpg');
    expect(decoder.asked).toEqual(['2.jpg', '0.jpg', '5.jpg']);
  });

  it('never aborts what somebody waits for', async () => {
    const decoder = createDecoder();
    const source = createPictureSource(decoder.worker);
    source.prefetch([picture(1)]);
    const opened = source.open(picture(1));
    source.prefetch([picture(2)]);
    expect(decoder.waiting.get('1.jpg')?.signal?.aborted).toBe(false);
    await decoder.finish('1.jpg');
    expect((await opened).ok).toBe(true);
  });

  it('closes the least recently used beyond its limit, but not the two last opened', async () => {
    const decoder = createDecoder();
    const source = createPictureSource(decoder.worker, 80_000);
    for (const index of [1, 2, 3]) {
      const opened = source.open(picture(index));
      await decoder.finish(`${index}.jpg`);
      await opened;
    }
    expect(decoder.closed).toEqual(['1.jpg']);
    await source.open(picture(2));
    const opened = source.open(picture(4));
    await decoder.finish('4.jpg');
    await opened;
    expect(decoder.closed).toEqual(['1.jpg', '3.jpg']);
    source.close();
    expect(decoder.closed.toSorted()).toEqual(['1.jpg', '2.jpg', '3.jpg', '4.jpg']);
  });

  it('asks again after a failure', async () => {
    const answers: PictureAnswer[] = [
      { kind: 'failed', error: appError('file.not-found', 'Gone.') },
      {
        kind: 'bitmap',
        bitmap: { width: 100, height: 100, close: () => undefined },
        damage: { fromRow: 16 },
      },
    ];
    const source = createPictureSource({
      perform: async () => answers.shift() ?? { kind: 'cached' },
      close: () => undefined,
    });
    const failed = await source.open(picture(1));
    expect(failed.ok ? null : failed.error.code).toBe('file.not-found');
    expect((await source.open(picture(1))).ok).toBe(true);
    expect(await source.damageOf(picture(1))).toEqual({ fromRow: 16 });
  });
});

describe('where pixels come from', () => {
  it('Chromium decodes what it shows upright, main the rest', () => {
    const base = `asset://source/${sourceId}`;
    expect(pictureUrl(picture(1, { key: 'a b/#1 50%.jpg' }))).toBe(`${base}/a%20b/%231%2050%25.jpg`);
    expect(pictureUrl(picture(1, { exifOrientation: 6 }))).toBe(`${base}/1.jpg`);
    expect(pictureUrl(picture(1, { format: 'png', exifOrientation: 6 }))).toBe(
      `${base}/1.jpg?as=png&max=8192`,
    );
    expect(pictureUrl(picture(1, { format: 'tiff' }), 320)).toBe(`${base}/1.jpg?as=png&max=320`);
    const huge = picture(1, { width: 20_000, height: 14_000 });
    expect(pictureUrl(huge)).toBe(`asset://overview/${huge.sourceId}/${huge.contentHash}/1.jpg`);
    expect(pictureUrl(huge, 320)).toBe(`${base}/1.jpg?as=png&max=320`);
  });
});
