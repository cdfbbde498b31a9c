import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createThumbnailCache, thumbnailCapBytes } from '../../../../electron/media/thumbnail-cache';
import { Sha256 } from '../../../../shared/schema/ids';
import { makePicture } from '../../../harness/image-fixtures';

let base: string;
let folder: string;
let webp: Buffer;
let count = 0;

beforeAll(async () => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-thumbs-'));
  webp = await makePicture('webp');
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  count += 1;
  folder = path.join(base, String(count));
});

const hashOf = (index: number) => Sha256.parse(index.toString(16).padStart(64, '0'));

/** The fixture, padded behind its end to a round size. */
const thumbnail = (bytes: number) => Buffer.concat([webp, Buffer.alloc(bytes - webp.length)]);

function filesIn(where: string): string[] {
  return fs
    .readdirSync(where, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.webp'));
}

describe('the thumbnail cache', () => {
  it('gives back what it was given, also after a restart, and nothing else', async () => {
    const cache = createThumbnailCache(folder, 1e6);
    expect(await cache.get(hashOf(1))).toBeNull();
    expect((await cache.put(hashOf(1), webp)).ok).toBe(true);
    expect(await cache.get(hashOf(1))).toEqual(webp);
    expect(await createThumbnailCache(folder, 1e6).get(hashOf(1))).toEqual(webp);
    expect(await cache.get('../1')).toBeNull();
  });

  it('refuses what is no WebP, and does not serve a file that was damaged', async () => {
    const cache = createThumbnailCache(folder, 1e6);
    const refused = await cache.put(hashOf(1), Buffer.from('<script>'));
    expect(refused.ok ? null : refused.error.code).toBe('image.unsupported');
    await cache.put(hashOf(2), webp);
    const [file] = filesIn(folder);
    fs.writeFileSync(path.join(folder, file ?? ''), 'damaged');
    expect(await cache.get(hashOf(2))).toBeNull();
  });

  it('stays under its cap by dropping what was not looked at for longest', async () => {
    const cache = createThumbnailCache(folder, 10_000);
    for (let index = 0; index < 10; index++) await cache.put(hashOf(index), thumbnail(1000));
    await cache.get(hashOf(0));
    await cache.put(hashOf(10), thumbnail(1000));
    expect(await cache.size()).toBe(9000);
    expect(filesIn(folder)).toHaveLength(9);
    expect(await cache.get(hashOf(0))).not.toBeNull();
    expect(await cache.get(hashOf(1))).toBeNull();
    expect(await cache.get(hashOf(2))).toBeNull();
    expect(await cache.get(hashOf(3))).not.toBeNull();
  });

  it('counts what earlier runs left, and clears what a crash left half-written', async () => {
    const earlier = createThumbnailCache(folder, 1e6);
    await earlier.put(hashOf(1), thumbnail(4000));
    const temporary = path.join(folder, '00', 'half.tmp');
    fs.writeFileSync(temporary, 'half');
    const cache = createThumbnailCache(folder, 5000);
    await cache.put(hashOf(2), thumbnail(4000));
    expect(fs.existsSync(temporary)).toBe(false);
    expect(await cache.get(hashOf(1))).toBeNull();
    expect(await cache.get(hashOf(2))).not.toBeNull();
  });

  it('says that the disk is full and goes on', async () => {
    // /dev/full answers every write as a full disk does.
    if (!fs.existsSync('/dev/full')) return;
    fs.mkdirSync(path.join(folder, '00'), { recursive: true });
    const full = createThumbnailCache(folder, 1e6, {
      write: (_file, bytes) => fs.promises.writeFile('/dev/full', bytes),
    });
    const refused = await full.put(hashOf(1), webp);
    expect(refused.ok ? null : refused.error.code).toBe('file.disk-full');
    expect(await full.get(hashOf(1))).toBeNull();
  });

  it('takes its cap from the environment, and a sensible one else', () => {
    expect(thumbnailCapBytes({ GROUNDMARK_THUMBNAIL_CAP_MB: '2' })).toBe(2 * 1024 * 1024);
    expect(thumbnailCapBytes({ GROUNDMARK_THUMBNAIL_CAP_MB: 'lots' })).toBe(1024 ** 3);
    expect(thumbnailCapBytes({})).toBe(1024 ** 3);
  });
});
