import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openDatasetZip } from '../../../../../electron/datasets-io/zip/open-dataset-zip';
import type { DatasetFolder } from '../../../../../shared/formats/format';
import { okValue } from '../../../../fixtures/ok-value';
import { type HandMadeEntry, zipBytes } from '../../../../harness/zip-bytes';

let work = '';
let file = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-zip-'));
  file = path.join(work, 'set.zip');
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function opened(entries: readonly HandMadeEntry[], options = {}): Promise<DatasetFolder> {
  await writeFile(file, zipBytes(entries, options));
  return okValue(await openDatasetZip(file));
}

async function streamed(folder: DatasetFolder, key: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of folder.streamBytes(key)) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}

const SYMLINK = 0o120777;
const PLAIN = 0o100644;

describe('a zip as a dataset’s folder', () => {
  it('lists files in code-unit order, without folders and what macOS adds', async () => {
    const folder = await opened([
      { name: 'b.txt', content: 'bb' },
      { name: 'a/' },
      { name: 'a/ü 1.txt', content: 'a', mode: PLAIN },
      { name: '__MACOSX/._b.txt', content: 'x' },
    ]);
    expect((await folder.list()).map(({ path: key, byteSize }) => [key, byteSize])).toEqual([
      ['a/ü 1.txt', 1],
      ['b.txt', 2],
    ]);
    expect(await folder.unseen?.()).toEqual([]);
  });

  it.each([
    ['deflated', { isStored: false }],
    ['stored', { isStored: true }],
    ['zip64', { isZip64: true }],
  ])('reads %s entries whole, as text, in parts and as streams', async (_, how) => {
    const content = 'line é\n'.repeat(1000);
    const folder = await opened(
      [
        { name: 'x', content: 'y' },
        { name: 'a.txt', content, ...how },
      ],
      {
        isZip64: 'isZip64' in how,
      },
    );
    const bytes = Buffer.from(content);
    expect(okValue(await folder.readText('a.txt', 1e6))).toBe(content);
    expect(Buffer.from(okValue(await folder.readBytes('a.txt', 1e6)))).toEqual(bytes);
    expect(await streamed(folder, 'a.txt')).toBe(content);
    expect(Buffer.from(okValue(await folder.readRange('a.txt', 10, 30)))).toEqual(bytes.subarray(10, 30));
    const past = okValue(await folder.readRange('a.txt', bytes.length - 3, bytes.length + 50));
    expect(Buffer.from(past)).toEqual(bytes.subarray(-3));
    expect(await folder.head('a.txt')).toBe(content);
    expect(await folder.readText('a.txt', 100)).toMatchObject({
      ok: false,
      error: { code: 'file.too-large' },
    });
    expect(await folder.readText('gone.txt', 100)).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
    expect(await folder.head('gone.txt')).toBe('');
  });

  it('reads large entries, which are not held, from any place', async () => {
    const noise = Buffer.alloc(1024 * 1024);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2_654_435_761) >>> 13;
    const varied = Buffer.concat([...Array.from({ length: 70 }, () => noise), Buffer.from('END')]);
    const other = await opened([{ name: 'large.bin', content: varied }]);
    const tail = okValue(await other.readRange('large.bin', varied.length - 5, varied.length));
    expect(Buffer.from(tail)).toEqual(varied.subarray(-5));
    let size = 0;
    for await (const chunk of other.streamBytes('large.bin')) {
      size += chunk.length;
      expect(chunk.length).toBeLessThanOrEqual(1024 * 1024);
    }
    expect(size).toBe(varied.length);
  });

  it('tells the displayed size of a picture from its head', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const folder = await opened([
      { name: 'a.png', content: png, isStored: true },
      { name: 'b.png', content: 'no picture' },
    ]);
    expect(await folder.imageSize('a.png')).toEqual({ width: 1, height: 1 });
    expect(await folder.imageSize('b.png')).toBeNull();
    expect(await folder.imageSize('../a.png')).toBeNull();
  });

  it('reads what another program wrote', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('{"a":1}'), 'labels/a.json');
    zip.addBuffer(Buffer.from('plain'), 'b.txt', { compress: false });
    zip.addReadStreamLazy('c.txt', (done) => {
      void import('node:stream').then(({ Readable }) => done(null, Readable.from([Buffer.from('streamed')])));
    });
    zip.end({ forceZip64Format: true, comment: 'made elsewhere' });
    await pipeline(zip.outputStream, createWriteStream(file));
    const folder = okValue(await openDatasetZip(file));
    expect((await folder.list()).map((entry) => entry.path)).toEqual(['b.txt', 'c.txt', 'labels/a.json']);
    expect(okValue(await folder.readText('labels/a.json', 100))).toBe('{"a":1}');
    expect(okValue(await folder.readText('c.txt', 100))).toBe('streamed');
  });
});

describe('a hostile zip', () => {
  it.each([
    ['climbs out', '../evil.txt'],
    ['climbs out in its middle', 'a/../../evil.txt'],
    ['is absolute', '/etc/passwd'],
    ['names a drive', 'C:/evil.txt'],
    ['names a drive without a slash', 'c:evil.txt'],
    ['has backslashes', 'a\\..\\..\\evil.txt'],
    ['names a server', '\\\\server\\share\\evil.txt'],
    ['names a server with slashes', '//server/evil.txt'],
    ['has a part that is a dot', 'a/./b.txt'],
    ['holds a NUL', 'a.txt\0.jpg'],
  ])('whose name %s is passed over and said; the rest is there', async (_, name) => {
    const folder = await opened([
      { name, content: 'evil' },
      { name: 'good.txt', content: 'good' },
    ]);
    expect((await folder.list()).map((entry) => entry.path)).toEqual(['good.txt']);
    expect((await folder.unseen?.())?.map(({ reason }) => reason)).toEqual(['bad-name']);
    expect(await folder.readText(name, 100)).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
    expect(okValue(await folder.readText('good.txt', 100))).toBe('good');
  });

  it('gives the first of two entries of one name, and of two that differ in case alone', async () => {
    const folder = await opened([
      { name: 'a.txt', content: 'first' },
      { name: 'a.txt', content: 'second' },
      { name: 'A.TXT', content: 'third' },
    ]);
    expect(okValue(await folder.readText('a.txt', 100))).toBe('first');
    expect(await folder.unseen?.()).toEqual([
      { path: 'a.txt', reason: 'duplicate' },
      { path: 'A.TXT', reason: 'duplicate' },
    ]);
  });

  it('has its links and devices passed over', async () => {
    const folder = await opened([
      { name: 'link', content: '../../etc/passwd', mode: SYMLINK, isStored: true },
      { name: 'pipe', mode: 0o010644 },
    ]);
    expect(await folder.list()).toEqual([]);
    expect(await folder.unseen?.()).toEqual([
      { path: 'link', reason: 'link' },
      { path: 'pipe', reason: 'link' },
    ]);
  });

  it('has what is encrypted or packed in another way passed over', async () => {
    const folder = await opened([
      { name: 'secret.txt', content: 'x', flags: 1 },
      { name: 'lzma.txt', content: 'x', method: 14 },
      { name: 'short.txt', content: 'x', isStored: true, claims: { byteSize: 5 } },
    ]);
    expect(await folder.unseen?.()).toEqual([
      { path: 'secret.txt', reason: 'encrypted' },
      { path: 'lzma.txt', reason: 'compression' },
      { path: 'short.txt', reason: 'unreadable' },
    ]);
  });

  it('does not swell: one entry, entries that share bytes, or the whole', async () => {
    const one = await opened([{ name: 'zeros', content: '', claims: { byteSize: 80 * 1024 * 1024 } }]);
    expect(await one.unseen?.()).toEqual([{ path: 'zeros', reason: 'bomb' }]);

    const shared = await opened([
      { name: 'kernel', content: 'x'.repeat(1000) },
      { name: 'again', content: '', claims: { offset: 0, compressedSize: 20, byteSize: 1000 } },
    ]);
    expect(await shared.list()).toHaveLength(1);
    expect((await shared.unseen?.())?.map(({ reason }) => reason)).toEqual(['bomb']);

    const sixty = { byteSize: 60 * 1024 * 1024 };
    await writeFile(
      file,
      zipBytes(Array.from({ length: 20 }, (_, index) => ({ name: `z${index}`, claims: sixty }))),
    );
    expect(await openDatasetZip(file)).toMatchObject({ ok: false, error: { code: 'file.too-large' } });
  });

  it('never gives more than it declares, and notices other bytes', async () => {
    const content = 'x'.repeat(5000);
    const folder = await opened([
      { name: 'more.txt', content, claims: { byteSize: 10 } },
      { name: 'less.txt', content, claims: { byteSize: 6000 } },
      { name: 'sum.txt', content, claims: { crc32: 1 } },
      { name: 'cut.txt', content, claims: { compressedSize: 3 } },
      { name: 'gone.txt', content, claims: { offset: 1_000_000 } },
    ]);
    for (const name of ['more.txt', 'less.txt', 'sum.txt', 'cut.txt', 'gone.txt']) {
      const read = await folder.readText(name, 1e6);
      expect(read).toMatchObject({ ok: false, error: { code: 'file.not-readable' } });
      expect(read.ok ? '' : read.error.message).toMatch(/is damaged.*again/);
      await expect(streamed(folder, name)).rejects.toMatchObject({ code: 'file.not-readable' });
    }
  });

  it('is refused when it is none, cut off, or its directory lies', async () => {
    await writeFile(file, 'no zip at all');
    expect(await openDatasetZip(file)).toMatchObject({ ok: false, error: { code: 'format.malformed' } });
    const whole = zipBytes([
      { name: 'a.txt', content: 'a' },
      { name: 'b.txt', content: 'b' },
    ]);
    for (let length = 0; length < whole.length; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      expect(await openDatasetZip(file)).toMatchObject({ ok: false, error: { code: 'format.malformed' } });
    }
    const lying = Buffer.from(whole);
    lying.writeUInt16LE(9000, lying.length - 12);
    await writeFile(file, lying);
    expect(await openDatasetZip(file)).toMatchObject({ ok: false });
    expect(await openDatasetZip(path.join(work, 'gone.zip'))).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
  });

  it('survives any byte of it being another: refused, or read without a crash', async () => {
    const whole = zipBytes([
      { name: 'a.txt', content: 'aaaa'.repeat(50), mode: PLAIN },
      { name: 'sub/b.txt', content: 'b', isStored: true, isZip64: true },
    ]);
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      await writeFile(file, bytes);
      const folder = await openDatasetZip(file);
      if (!folder.ok) continue;
      for (const entry of await folder.value.list()) {
        const read = await folder.value.readBytes(entry.path, 1e6);
        if (read.ok) expect(['aaaa'.repeat(50), 'b']).toContain(Buffer.from(read.value).toString('utf8'));
        await folder.value.head(entry.path);
      }
    }
  });

  it('is refused once another file has taken its place', async () => {
    const folder = await opened([{ name: 'a.txt', content: 'a' }]);
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.from('more')]));
    expect(await folder.readText('a.txt', 10)).toMatchObject({
      ok: false,
      error: { code: 'file.not-readable', message: expect.stringContaining('has changed') },
    });
  });
});
