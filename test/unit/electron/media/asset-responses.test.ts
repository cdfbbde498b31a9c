import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GrantStore, openGrantStore } from '../../../../electron/grants/grant-store';
import { parseAssetUrl } from '../../../../electron/media/asset-address';
import { createAssetResponder } from '../../../../electron/media/asset-responses';
import { decodeToPng } from '../../../../electron/media/decode/decode-picture';
import type { PictureDecodeArgs } from '../../../../electron/media/media-requests';
import { PROBES } from '../../../../electron/media/probe';
import { bytesInMemory } from '../../../../electron/media/probe/byte-source';
import { createThumbnailCache, type ThumbnailCache } from '../../../../electron/media/thumbnail-cache';
import { createTileCache } from '../../../../electron/media/tiles/tile-cache';
import { createTileService } from '../../../../electron/media/tiles/tile-service';
import { err, ok } from '../../../../shared/result/result';
import { Sha256, type SourceId } from '../../../../shared/schema/ids';
import { makePicture, writeFiles } from '../../../harness/image-fixtures';
import { tileWorker } from '../../../harness/tile-worker';

let base: string;
let grants: GrantStore;
let thumbnails: ThumbnailCache;
let respond: (request: Request) => Promise<Response>;
let source: SourceId;
let labels: SourceId;
let jpeg: Buffer;

beforeAll(async () => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-assets-')));
  jpeg = await makePicture('jpeg');
  writeFiles(base, {
    'photos/a b/#1 50%.jpg': jpeg,
    'photos/turned.tif': await makePicture('tiff', { orientation: 6 }),
    'photos/broken.tif': (await makePicture('tiff')).subarray(0, 3000),
    'photos/page.jpg': '<script>alert(1)</script>',
    'photos/large.jpg': Buffer.concat([jpeg, Buffer.alloc(9 * 1024 * 1024, 5)]),
    'secret.jpg': jpeg,
    'labels/a.jpg': jpeg,
  });
  fs.symlinkSync('../secret.jpg', path.join(base, 'photos/out.jpg'));
  grants = await openGrantStore(path.join(base, 'grants.json'));
  thumbnails = createThumbnailCache(path.join(base, 'thumbnails'), 1e6);
  source = await grant('photos', 'images');
  labels = await grant('labels', 'labels');
  respond = createAssetResponder({
    grants,
    thumbnails,
    tiles: createTileService(tileWorker(), createTileCache(path.join(base, 'tiles'), 1e9)),
    // The decoder itself, without the process around it.
    media: {
      request: async <T>(_method: string, args: unknown) => {
        const { file, maxSide } = args as PictureDecodeArgs;
        const png = await decodeToPng(file, maxSide);
        return png.ok ? ok({ png: png.value } as T) : err(png.error);
      },
    },
  });
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

async function grant(folder: string, purpose: 'images' | 'labels'): Promise<SourceId> {
  const added = await grants.addFolder(path.join(base, folder), purpose);
  if (!added.ok) throw new Error(added.error.message);
  return added.value.id;
}

const get = (url: string) => respond(new Request(url));

describe('asset addresses', () => {
  it('give a picture its bytes and its own type, whatever characters its name has', async () => {
    const response = await get(`asset://source/${source}/a%20b/%231%2050%25.jpg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await response.arrayBuffer()).equals(jpeg)).toBe(true);
  });

  it('stream large pictures whole', async () => {
    const response = await get(`asset://source/${source}/large.jpg`);
    expect(Number(response.headers.get('content-length'))).toBe(jpeg.length + 9 * 1024 * 1024);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(fs.readFileSync(path.join(base, 'photos/large.jpg')))).toBe(true);
  });

  it('decode TIFF to an upright PNG, as small as asked', async () => {
    const response = await get(`asset://source/${source}/turned.tif?as=png`);
    expect(response.headers.get('content-type')).toBe('image/png');
    const png = PROBES.png(bytesInMemory(Buffer.from(await response.arrayBuffer())));
    expect(png).toMatchObject({ ok: true, value: { storedWidth: 32, storedHeight: 64, orientation: 1 } });
    const small = await get(`asset://source/${source}/turned.tif?as=png&max=16`);
    const probed = PROBES.png(bytesInMemory(Buffer.from(await small.arrayBuffer())));
    expect(probed).toMatchObject({ ok: true, value: { storedWidth: 8, storedHeight: 16 } });
  });

  it('say in words why a broken picture cannot be shown', async () => {
    const response = await get(`asset://source/${source}/broken.tif?as=png`);
    expect(response.status).toBe(422);
    expect(await response.text()).toMatch(/cut off/);
  });

  it.each([
    ['an unknown grant', () => 'asset://source/00000000-0000-4000-8000-000000000000/a.jpg', 403],
    ['a grant that was opened for something else', () => `asset://source/${labels}/a.jpg`, 403],
    ['a link that leads out', () => `asset://source/${source}/out.jpg`, 403],
    ['a text that calls itself a picture', () => `asset://source/${source}/page.jpg`, 403],
    ['what is not there', () => `asset://source/${source}/gone.jpg`, 404],
    ['dots in encoded form', () => `asset://source/${source}/..%2fsecret.jpg`, 404],
    ['double encoding', () => `asset://source/${source}/%252e%252e%252fsecret.jpg`, 403],
    ['backslashes', () => `asset://source/${source}/..%5csecret.jpg`, 404],
    ['the folder itself', () => `asset://source/${source}/`, 404],
    ['another host', () => `asset://other/${source}/page.jpg`, 404],
    ['a thumbnail that is not made', () => `asset://thumb/${'0'.repeat(64)}`, 404],
    ['a thumbnail by a path', () => 'asset://thumb/..%2f..%2fgrants.json', 404],
  ])('refuse %s', async (_what, url, status) => {
    const response = await get(url());
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toContain(base);
    expect(text.length).toBeLessThan(400);
  });

  it('give a thumbnail by its hash', async () => {
    const webp = await makePicture('webp');
    const hash = Sha256.parse('ab'.repeat(32));
    await thumbnails.put(hash, webp);
    const response = await get(`asset://thumb/${hash}`);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(Buffer.from(await response.arrayBuffer()).equals(webp)).toBe(true);
  });

  it('give a huge picture in parts by grant, hash, place and key', async () => {
    const hash = 'cd'.repeat(32);
    const key = 'a%20b/%231%2050%25.jpg';
    const overview = await get(`asset://overview/${source}/${hash}/${key}`);
    expect(overview.headers.get('content-type')).toBe('image/jpeg');
    expect(overview.headers.get('groundmark-picture-size')).toBe('64x32');
    const tile = await get(`asset://tile/${source}/${hash}/0/0/0/${key}`);
    expect((await tile.arrayBuffer()).byteLength).toBe(64 * 32 * 3);
    const damage = await get(`asset://damage/${source}/${hash}/${key}`);
    expect(await damage.json()).toEqual({ damagedFromRow: null });
    expect((await get(`asset://tile/${source}/${hash}/0/7/0/${key}`)).status).toBe(404);
    expect((await get(`asset://tile/${labels}/${hash}/0/0/0/a.jpg`)).status).toBe(403);
    expect((await get(`asset://tile/${source}/${hash}/0/0/0/out.jpg`)).status).toBe(403);
    for (const bad of [
      `tile/${source}/${hash}/0/-1/0/a.jpg`,
      `tile/${source}/../0/0/0/a.jpg`,
      `crop/${source}/${hash}/1/2/a.jpg`,
    ]) {
      expect(parseAssetUrl(`asset://${bad}`)).toBeNull();
    }
  });

  it('have a bounded size of decoding', () => {
    expect(parseAssetUrl(`asset://source/${source}/a.tif?as=png&max=1e99`)).toBeNull();
    expect(parseAssetUrl(`asset://source/${source}/a.tif?as=png&max=-1`)).toBeNull();
  });
});
