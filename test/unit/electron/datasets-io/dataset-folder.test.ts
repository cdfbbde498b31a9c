import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectorySink } from '../../../../electron/datasets-io/create-directory-sink';
import { openDatasetFolder } from '../../../../electron/datasets-io/open-dataset-folder';
import { okValue } from '../../../fixtures/ok-value';

let work = '';
let root = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-io-'));
  root = path.join(work, 'root');
  await mkdir(path.join(root, 'sub'), { recursive: true });
  await writeFile(path.join(root, 'sub/b.txt'), 'bb');
  await writeFile(path.join(root, 'a.txt'), 'a');
  await writeFile(path.join(work, 'secret.txt'), 'secret');
});
afterEach(() => rm(work, { recursive: true, force: true }));

/** A BMP's header as its format says: 2 bytes of name, 12 of sizes, then width and height. */
function bmp(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(54 + width * height * 4);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(32, 28);
  return bytes;
}

describe('a dataset folder', () => {
  it('lists files below it in code-unit order with their sizes', async () => {
    await writeFile(path.join(root, 'Z.txt'), '');
    const folder = okValue(await openDatasetFolder(root));
    expect(await folder.list()).toEqual([
      { path: 'Z.txt', byteSize: 0 },
      { path: 'a.txt', byteSize: 1 },
      { path: 'sub/b.txt', byteSize: 2 },
    ]);
  });

  it('ends at symbolic links: no loop, no way out, but files inside may be linked', async () => {
    await symlink(root, path.join(root, 'sub/loop'));
    await symlink(work, path.join(root, 'up'));
    await symlink(path.join(work, 'secret.txt'), path.join(root, 'out.txt'));
    await symlink(path.join(root, 'a.txt'), path.join(root, 'again.txt'));
    const folder = okValue(await openDatasetFolder(root));
    expect((await folder.list()).map((file) => file.path)).toEqual(['a.txt', 'again.txt', 'sub/b.txt']);
    expect(await folder.readText('out.txt', 100)).toMatchObject({
      ok: false,
      error: { code: 'file.outside-grant' },
    });
    expect(await folder.readText('up/secret.txt', 100)).toMatchObject({
      ok: false,
      error: { code: 'file.outside-grant' },
    });
  });

  it.each(['../secret.txt', '/etc/passwd', 'sub/../../secret.txt', './a.txt', 'sub\\b.txt', '', 'a.txt\0'])(
    'refuses the path %j',
    async (key) => {
      const folder = okValue(await openDatasetFolder(root, { imageRoots: [work] }));
      expect(await folder.readText(key, 100)).toMatchObject({
        ok: false,
        error: { code: 'file.outside-grant' },
      });
      expect(await folder.imageSize(key)).toBeNull();
    },
  );

  it('refuses a text that is too large and says a missing one is missing', async () => {
    const folder = okValue(await openDatasetFolder(root));
    expect(await folder.readText('sub/b.txt', 1)).toMatchObject({
      ok: false,
      error: { code: 'file.too-large' },
    });
    expect(await folder.readText('none.txt', 1)).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
    await expect(folder.streamText('none.txt')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'file.not-found',
    });
  });

  it('streams a text that is longer than a chunk whole, without cutting characters', async () => {
    const text = `${'x'.repeat(1_048_575)}ü${'€'.repeat(700_000)}`;
    await writeFile(path.join(root, 'long.txt'), text);
    const folder = okValue(await openDatasetFolder(root));
    const chunks: string[] = [];
    for await (const chunk of folder.streamText('long.txt')) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join('') === text).toBe(true);
  });

  it('knows sizes of pictures: given ones first, then its own, then those of other roots', async () => {
    await writeFile(path.join(root, 'own.bmp'), bmp(3, 2));
    await writeFile(path.join(work, 'beside.bmp'), bmp(5, 4));
    await writeFile(path.join(root, 'broken.bmp'), 'BM nothing');
    const known = { width: 9, height: 9 };
    const folder = okValue(
      await openDatasetFolder(root, {
        imageRoots: [work],
        knownSize: (key) => (key === 'known.jpg' ? known : null),
      }),
    );
    expect(await folder.imageSize('known.jpg')).toEqual(known);
    expect(await folder.imageSize('own.bmp')).toEqual({ width: 3, height: 2 });
    expect(await folder.imageSize('beside.bmp')).toEqual({ width: 5, height: 4 });
    expect(await folder.imageSize('broken.bmp')).toBeNull();
    expect(await folder.imageSize('none.jpg')).toBeNull();
  });

  it('says what is wrong with a place that is no folder', async () => {
    expect(await openDatasetFolder(path.join(root, 'a.txt'))).toMatchObject({ ok: false });
    expect(await openDatasetFolder(path.join(root, 'none'))).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
  });
});

const exactly = (place: string) => ({ kind: 'exactly', place, isForced: false }) as const;

describe('a directory sink', () => {
  const target = () => path.join(work, 'deep/out');

  it('shows nothing before commit and everything after', async () => {
    const sink = okValue(await createDirectorySink(exactly(target())));
    const file = await sink.open('labels/x.txt');
    await file.write('one ');
    await file.write('two');
    await file.close();
    expect(await readdir(path.dirname(target()))).not.toContain('out');
    okValue(await sink.commit());
    await sink.discard();
    expect(await readFile(path.join(target(), 'labels/x.txt'), 'utf8')).toBe('one two');
    expect(await readdir(path.dirname(target()))).toEqual(['out']);
  });

  it('discarded leaves nothing', async () => {
    const sink = okValue(await createDirectorySink(exactly(target())));
    await (await sink.open('x.txt')).close();
    await sink.discard();
    expect(await readdir(path.dirname(target()))).toEqual([]);
  });

  it.each(['../x.txt', '/tmp/x.txt', 'a/../../x.txt', ''])('refuses to write %j', async (key) => {
    const sink = okValue(await createDirectorySink(exactly(target())));
    await expect(sink.open(key)).rejects.toMatchObject({ code: 'file.outside-grant' });
    await sink.discard();
  });

  it('refuses a full folder and a file, and replaces a full folder only when forced and done', async () => {
    expect(await createDirectorySink(exactly(path.join(root, 'a.txt')))).toMatchObject({ ok: false });
    expect(await createDirectorySink(exactly(root))).toMatchObject({
      ok: false,
      error: { code: 'file.not-writable' },
    });
    const sink = okValue(await createDirectorySink({ ...exactly(root), isForced: true }));
    expect(await readdir(root)).toEqual(['a.txt', 'sub']);
    await (await sink.open('new.txt')).close();
    okValue(await sink.commit());
    expect(await readdir(root)).toEqual(['new.txt']);
    expect((await readdir(work)).sort()).toEqual(['root', 'secret.txt']);
  });

  it('leaves out a file that was abandoned, and gives what was written before it is shown', async () => {
    const sink = okValue(await createDirectorySink(exactly(target())));
    const kept = await sink.open('kept.txt');
    await kept.write('kept');
    const dropped = await sink.open('dropped.bin');
    await dropped.write(new Uint8Array(100_000));
    await dropped.abandon();
    await kept.close();
    const folder = okValue(await sink.read());
    expect((await folder.list()).map((file) => file.path)).toEqual(['kept.txt']);
    expect(sink.written).toEqual({ files: 1, bytes: 4 });
    expect([sink.has('kept.txt'), sink.has('dropped.bin')]).toEqual([true, false]);
    await sink.discard();
  });

  it('recovers what a killed try left when it has the right bytes, once', async () => {
    const resumable = { isResumable: true };
    const killed = okValue(await createDirectorySink(exactly(target()), resumable));
    for (const [name, text] of [
      ['img/a.jpg', 'aaaa'],
      ['img/b.jpg', 'bbbb'],
    ] as const) {
      const file = await killed.open(name);
      await file.write(text);
      await file.close();
    }
    // Busy while it runs; a process that was killed holds nothing.
    expect(await createDirectorySink(exactly(target()), resumable)).toMatchObject({
      ok: false,
      error: { code: 'lake.busy' },
    });
    const left = path.join(work, 'deep/.out.partial');
    const copy = path.join(work, 'copy');
    await cp(left, copy, { recursive: true });
    await killed.discard();
    await cp(copy, left, { recursive: true });

    const next = okValue(await createDirectorySink(exactly(target()), resumable));
    // SHA-256 of `aaaa`, from `printf aaaa | sha256sum`.
    const sha256 = '61be55a8e2f6b4e172338bddf184d6dbee29c98853e0a0485ecee7f27b9af0b4';
    expect(await next.recover('img/a.jpg', { byteSize: 4, sha256 })).toBe(true);
    expect(await next.recover('img/a.jpg', { byteSize: 4, sha256 })).toBe(false);
    expect(await next.recover('img/b.jpg', { byteSize: 4, sha256 })).toBe(false);
    expect(okValue(await next.commit())).toBe(target());
    expect(await readdir(target(), { recursive: true })).toEqual(['img', 'img/a.jpg']);
    expect(await readdir(path.dirname(target()))).toEqual(['out']);
  });
});
