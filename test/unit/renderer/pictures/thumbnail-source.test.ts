import { describe, expect, it } from 'vitest';
import { createFakeBridge, type FakeHandlers } from '../../../../renderer/bridge/fake-bridge';
import type { PictureAnswer, PictureTask } from '../../../../renderer/pictures/picture-messages';
import { createThumbnailSource } from '../../../../renderer/pictures/thumbnail-source';
import { type AppError, appError } from '../../../../shared/result/app-error';
import { err, ok } from '../../../../shared/result/result';
import { ImageRecord } from '../../../../shared/schema/image';

function image(index: number): ImageRecord {
  return ImageRecord.parse({
    id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    projectId: '7f8a3c52-8f0e-4a53-9a55-0d7f9a3c1b11',
    sourceId: '7f8a3c52-8f0e-4a53-9a55-0d7f9a3c1b12',
    key: `${index}.jpg`,
    contentHash: index.toString(16).padStart(64, '0'),
    byteSize: 1,
    modifiedAt: '2024-05-17T08:30:00.000Z',
    format: 'jpeg',
    width: 10,
    height: 10,
    exifOrientation: 1,
    capturedAt: null,
    searchName: `${index}.jpg`,
    ordinal: index,
    state: 'unlabelled',
    labelIds: [],
    annotationCount: 0,
    hasFinding: 0,
    isMissing: 0,
    duplicateOfId: null,
  });
}

const urlOf = (index: number) => `asset://thumb/${index.toString(16).padStart(64, '0')}`;
const made: PictureAnswer = { kind: 'thumbnail', bytes: new Uint8Array([1]) };

/** @param answer what the worker, which only a browser has, answers for a key. */
function setUp(answer: (key: string) => PictureAnswer, handlers: FakeHandlers = {}) {
  const asked: string[] = [];
  const open: (() => void)[] = [];
  const undecodable: string[] = [];
  const notKept: AppError[] = [];
  const bridge = createFakeBridge({ 'thumbnail.put': () => ok(null), ...handlers });
  const source = createThumbnailSource({
    bridge,
    worker: {
      perform: (task: PictureTask, signal) => {
        const key = task.url.split('/').at(-1) ?? '';
        asked.push(key);
        return new Promise((resolve) => {
          open.push(() => resolve(answer(key)));
          signal?.addEventListener('abort', () =>
            resolve({ kind: 'failed', error: appError('job.cancelled', 'Withdrawn.') }),
          );
        });
      },
      close: () => undefined,
    },
    onUndecodable: ({ key }) => undecodable.push(key),
    onNotKept: (error) => notKept.push(error),
  });
  /** Lets the worker answer everything, and what follows from it. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      for (const finish of open.splice(0)) finish();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return { source, asked, undecodable, notKept, bridge, settle };
}

describe('the thumbnail source', () => {
  it('makes what is not cached, stores it, and knows it from then on', async () => {
    const { source, asked, bridge, settle } = setUp(() => made);
    const urls: (string | null)[] = [];
    source.request(image(1), (url) => urls.push(url));
    source.request(image(1), (url) => urls.push(url));
    await settle();
    source.request(image(1), (url) => urls.push(url));
    expect(urls).toEqual([urlOf(1), urlOf(1), urlOf(1)]);
    expect(asked).toEqual(['1.jpg']);
    expect(bridge.calls.map(({ channel }) => channel)).toEqual(['thumbnail.put']);
  });

  it('stores nothing when the disk has it already', async () => {
    const { source, bridge, settle } = setUp(() => ({ kind: 'cached' }));
    const urls: (string | null)[] = [];
    source.request(image(1), (url) => urls.push(url));
    await settle();
    expect(urls).toEqual([urlOf(1)]);
    expect(bridge.calls).toEqual([]);
  });

  it('serves the newest request first and forgets those that were withdrawn', async () => {
    const { source, asked, settle } = setUp(() => made);
    const urls: string[] = [];
    const withdraw = [1, 2, 3, 4, 5].map((index) =>
      source.request(image(index), () => urls.push(`${index}`)),
    );
    expect(asked).toEqual(['1.jpg', '2.jpg']);
    withdraw[3]?.();
    withdraw[0]?.();
    await settle();
    expect(asked).toEqual(['1.jpg', '2.jpg', '5.jpg', '3.jpg']);
    expect(urls.toSorted()).toEqual(['2', '3', '5']);
  });

  it('tells a picture that cannot be decoded once, and never tries it again', async () => {
    const { source, asked, undecodable, settle } = setUp(() => ({
      kind: 'failed',
      error: appError('image.undecodable', 'Damaged.'),
    }));
    const urls: (string | null)[] = [];
    source.request(image(1), (url) => urls.push(url));
    await settle();
    source.request(image(1), (url) => urls.push(url));
    await settle();
    expect(urls).toEqual([null, null]);
    expect(undecodable).toEqual(['1.jpg']);
    expect(asked).toHaveLength(1);
  });

  it('goes on with pictures in memory when the disk is full, and says so once', async () => {
    const full = appError('file.disk-full', 'Full.');
    const { source, notKept, settle } = setUp(() => made, { 'thumbnail.put': () => err(full) });
    const urls: (string | null)[] = [];
    source.request(image(1), (url) => urls.push(url));
    source.request(image(2), (url) => urls.push(url));
    await settle();
    expect(urls.every((url) => url?.startsWith('blob:'))).toBe(true);
    expect(urls).toHaveLength(2);
    expect(notKept).toEqual([full]);
    source.close();
  });
});
