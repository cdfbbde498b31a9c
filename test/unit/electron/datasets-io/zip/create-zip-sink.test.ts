import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as yauzl from 'yauzl';
import { createZipSink } from '../../../../../electron/datasets-io/zip/create-zip-sink';
import { okValue } from '../../../../fixtures/ok-value';

let work = '';
let target = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-zip-'));
  target = path.join(work, 'deep/set.zip');
});
afterEach(() => rm(work, { recursive: true, force: true }));

const exactly = (place: string, isForced = false) => ({ kind: 'exactly', place, isForced }) as const;
const sinkAt = async (place = target) => okValue(await createZipSink(exactly(place)));

async function put(sink: Awaited<ReturnType<typeof sinkAt>>, name: string, content: string | Uint8Array) {
  const file = await sink.open(name);
  await file.write(content);
  await file.close();
}

/** By another program's reader. */
async function entriesOf(file: string) {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: true, strictFileNames: true });
  const entries: { name: string; text: string; method: number; mode: number; date: string }[] = [];
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) parts.push(chunk as Buffer);
    entries.push({
      name: entry.fileName,
      text: Buffer.concat(parts).toString('utf8'),
      method: entry.compressionMethod,
      mode: entry.externalFileAttributes >>> 16,
      date: entry.getLastModDate({ forceDosFormat: true, timezone: 'UTC' }).toISOString(),
    });
  }
  return entries;
}

describe('a zip sink', () => {
  it('shows nothing before commit and one zip after it, in the order of closing', async () => {
    const sink = await sinkAt();
    const slow = await sink.open('labels/ü 1.txt');
    await slow.write('one ');
    await put(sink, 'b.json', '{}'.repeat(100));
    await slow.write('two');
    expect((await readdir(path.dirname(target))).filter((name) => !name.startsWith('.'))).toEqual([]);
    await slow.close();
    expect(okValue(await sink.commit())).toBe(target);
    await sink.discard();
    expect(await readdir(path.dirname(target))).toEqual(['set.zip']);
    const plain = { mode: 0o100644, date: '1980-01-01T00:00:00.000Z' };
    expect(await entriesOf(target)).toEqual([
      { name: 'b.json', text: '{}'.repeat(100), method: 8, ...plain },
      { name: 'labels/ü 1.txt', text: 'one two', method: 0, ...plain },
    ]);
    expect(sink.written).toEqual({ files: 2, bytes: 207 });
  });

  it('holds large files and pictures from the disk, the latter as they are', async () => {
    const large = 'x = 1.5, y = 2.5\n'.repeat(100_000);
    const picture = path.join(work, 'p.jpg');
    await writeFile(picture, Buffer.alloc(300_000, 7));
    const sink = await sinkAt();
    const file = await sink.open('large.csv');
    for (let at = 0; at < large.length; at += 50_000) await file.write(large.slice(at, at + 50_000));
    okValue(await sink.addFile('images/p.jpg', picture, 'link'));
    await file.close();
    const folder = okValue(await sink.read());
    expect(okValue(await folder.readText('large.csv', 1e8)) === large).toBe(true);
    okValue(await sink.commit());
    const [first, second] = await entriesOf(target);
    expect([first?.name, first?.method]).toEqual(['images/p.jpg', 0]);
    expect([second?.name, second?.method]).toEqual(['large.csv', 8]);
    expect(second?.text === large).toBe(true);
    expect(await readdir(path.dirname(target))).toEqual(['set.zip']);
  });

  it('gives the same bytes for the same writes', async () => {
    const bytes: Buffer[] = [];
    for (const name of ['a.zip', 'b.zip']) {
      const sink = await sinkAt(path.join(work, name));
      await put(sink, 'one.txt', 'one'.repeat(100));
      await put(sink, 'large.bin', new Uint8Array(500_000));
      okValue(await sink.commit());
      bytes.push(await readFile(path.join(work, name)));
    }
    expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('writes sizes and checksums into the local headers, for readers that do not look ahead', async () => {
    const sink = await sinkAt();
    await put(sink, 'a.bin', new Uint8Array(400_000));
    okValue(await sink.commit());
    const bytes = await readFile(target);
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(bytes.readUInt16LE(6) & 8).toBe(0);
    const packed = bytes.readUInt32LE(18);
    expect(bytes.readUInt32LE(22)).toBe(400_000);
    const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
    expect(inflateRawSync(bytes.subarray(start, start + packed)).length).toBe(400_000);
  });

  it('holds more than 65,535 files', async () => {
    const sink = await sinkAt();
    for (let number = 0; number < 70_000; number += 1) await put(sink, `labels/${number}.txt`, `${number}`);
    const folder = okValue(await sink.read());
    expect(await folder.list()).toHaveLength(70_000);
    expect(okValue(await folder.readText('labels/69999.txt', 100))).toBe('69999');
    okValue(await sink.commit());
    const zip = await yauzl.openPromise(target, { lazyEntries: true, autoClose: true });
    expect(zip.entryCount).toBe(70_000);
    zip.close();
  });

  it('leaves out what was abandoned, and leaves nothing when it is discarded', async () => {
    const sink = await sinkAt();
    await put(sink, 'kept.txt', 'kept');
    const dropped = await sink.open('dropped.txt');
    await dropped.write('x'.repeat(500_000));
    await dropped.abandon();
    const unfinished = await sink.open('unfinished.bin');
    await unfinished.write(new Uint8Array(1_000_000));
    expect((await okValue(await sink.read()).list()).map((file) => file.path)).toEqual(['kept.txt']);
    await sink.discard();
    await sink.discard();
    expect(await readdir(path.dirname(target))).toEqual([]);
  });

  it.each(['../x.txt', '/tmp/x.txt', 'a/../../x.txt', 'a\\b', ''])('refuses to write %j', async (key) => {
    const sink = await sinkAt();
    await expect(sink.open(key)).rejects.toMatchObject({ code: 'file.outside-grant' });
    await sink.discard();
  });

  it('refuses the same name twice, a missing picture, a zip that is there and a folder', async () => {
    const sink = await sinkAt();
    await put(sink, 'a.txt', 'a');
    await expect(sink.open('a.txt')).rejects.toMatchObject({ code: 'file.not-writable' });
    expect(await sink.addFile('p.jpg', path.join(work, 'none.jpg'), 'copy')).toMatchObject({
      ok: false,
      error: { code: 'file.not-found' },
    });
    okValue(await sink.commit());
    expect(await createZipSink(exactly(target))).toMatchObject({
      ok: false,
      error: { code: 'file.not-writable' },
    });
    const forced = okValue(await createZipSink(exactly(target, true)));
    await put(forced, 'new.txt', 'new');
    okValue(await forced.commit());
    expect((await entriesOf(target)).map((entry) => entry.name)).toEqual(['new.txt']);
    await mkdir(path.join(work, 'folder.zip'));
    expect(await createZipSink(exactly(path.join(work, 'folder.zip'), true))).toMatchObject({ ok: false });
  });

  it('inside a chosen folder never touches what is there', async () => {
    for (let time = 0; time < 2; time += 1) {
      const sink = okValue(await createZipSink({ kind: 'inside', folder: work, name: 'set 1.0.zip' }));
      await put(sink, 'a.txt', 'a');
      okValue(await sink.commit());
    }
    expect(await readdir(work)).toEqual(['set 1.0-2.zip', 'set 1.0.zip']);
  });

  it('says which names are one on other disks', async () => {
    const sink = await sinkAt();
    await put(sink, 'A.txt', 'a');
    await put(sink, 'a.txt', 'b');
    expect(sink.nameNotes()).toHaveLength(1);
    await sink.discard();
  });
});
