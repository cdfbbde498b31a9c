import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackupStore, createBackupStore } from '../../../../electron/backups/backup-store';
import { ProjectId } from '../../../../shared/schema/ids';

const projectId = ProjectId.parse('11111111-1111-4111-8111-111111111111');

let base: string;
let folder: string;
let store: BackupStore;

beforeEach(async () => {
  base = await fs.mkdtemp(path.join(os.tmpdir(), 'groundmark-backups-'));
  folder = path.join(base, 'backups');
  store = createBackupStore(folder);
});
afterEach(() => fs.rm(base, { recursive: true, force: true }));

const summary = (madeAt: string) => ({
  projectId,
  projectName: 'Crossing',
  madeAt,
  images: 2,
  annotations: 3,
  reason: 'timer' as const,
});

async function make(lines: readonly string[], madeAt = '2026-03-20T10:00:00.000Z') {
  const begun = await store.begin(summary(madeAt));
  if (!begun.ok) throw new Error(begun.error.message);
  for (let index = 0; index < lines.length; index += 1000) {
    expect(await store.append(begun.value.id, lines.slice(index, index + 1000))).toEqual({
      ok: true,
      value: null,
    });
  }
  const finished = await store.finish(begun.value.id);
  if (!finished.ok) throw new Error(finished.error.message);
  return finished.value;
}

async function readAll(id: string) {
  const lines: string[] = [];
  let pages = 0;
  for (let from: number | null = 0; from !== null; pages += 1) {
    const page = await store.read(id, from);
    if (!page.ok) throw new Error(page.error.message);
    lines.push(...page.value.lines);
    from = page.value.nextLine;
  }
  return { lines, pages };
}

const fileOf = (id: string) => path.join(folder, `${id}.jsonl.gz`);

describe('backups', () => {
  it('give back what was put in, by pages', async () => {
    const lines = Array.from({ length: 4321 }, (_, index) => JSON.stringify({ index, name: 'Straße ☂' }));
    const made = await make(lines);
    const read = await readAll(made.id);
    expect(read.lines).toEqual(lines);
    expect(read.pages).toBeGreaterThan(1);
    expect(made.byteSize).toBe((await fs.stat(fileOf(made.id))).size);
  });

  it('keep the order of lines that were given without waiting', async () => {
    const begun = await store.begin(summary('2026-03-20T10:00:00.000Z'));
    if (!begun.ok) throw new Error(begun.error.message);
    const { id } = begun.value;
    // A long piece takes longer to compress than the short ones behind it.
    const pieces = [20_000, 1, 5_000, 1, 1].map((length, index) => [`${index}`.repeat(length)]);
    await Promise.all(pieces.map((lines) => store.append(id, lines)));
    expect(await store.finish(id)).toMatchObject({ ok: true });
    expect((await readAll(id)).lines).toEqual(pieces.flat());
  });

  it('are plain gzip with a hash that anybody can check', async () => {
    const made = await make(['{"a":1}', '{"b":2}']);
    const text = gunzipSync(await fs.readFile(fileOf(made.id))).toString('utf8');
    const lines = text.trimEnd().split('\n');
    const trailer = JSON.parse(lines.at(-1) ?? '').groundmarkBackupEnd;
    expect(trailer).toEqual({
      lines: 2,
      sha256: createHash('sha256')
        .update(`${lines.slice(0, -1).join('\n')}\n`)
        .digest('hex'),
    });
  });

  it('do not exist before they are finished, and an empty one is a backup too', async () => {
    const begun = await store.begin(summary('2026-03-20T10:00:00.000Z'));
    expect(await store.list()).toEqual({ ok: true, value: [] });
    if (!begun.ok) throw new Error(begun.error.message);
    await store.finish(begun.value.id);
    expect(await store.list()).toMatchObject({
      ok: true,
      value: [{ id: begun.value.id, projectName: 'Crossing' }],
    });
    expect(await readAll(begun.value.id)).toMatchObject({ lines: [] });
  });

  it('are listed newest first over a restart; foreign and damaged files are left alone', async () => {
    await make(['1'], '2026-03-20T10:00:00.000Z');
    await make(['2'], '2026-03-21T10:00:00.000Z');
    await fs.writeFile(path.join(folder, 'notes.txt'), 'mine');
    await fs.writeFile(fileOf(`${projectId}_20260320T100000000Z_00000000`), 'not gzip');
    const listed = await createBackupStore(folder).list();
    expect(listed.ok && listed.value.map(({ madeAt }) => madeAt)).toEqual([
      '2026-03-21T10:00:00.000Z',
      '2026-03-20T10:00:00.000Z',
    ]);
    expect(await fs.readdir(folder)).toHaveLength(4);
  });

  it('rotate once a newer one is in place', async () => {
    for (let index = 0; index < 12; index += 1) {
      await make([String(index)], `2026-03-20T10:${String(index).padStart(2, '0')}:00.000Z`);
    }
    const listed = await store.list();
    expect(listed.ok && listed.value.map(({ madeAt }) => madeAt.slice(14, 16))).toEqual([
      '11',
      '10',
      '09',
      '08',
      '07',
      '06',
      '05',
      '04',
      '03',
      '02',
    ]);
  });

  it.each([
    [
      'one bit turned',
      (bytes: Buffer) => {
        const at = Math.floor(bytes.length / 2);
        bytes[at] = (bytes[at] ?? 0) ^ 0x10;
        return bytes;
      },
    ],
    ['its second half gone', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['nothing in it', () => Buffer.alloc(0)],
    ['other bytes', () => Buffer.from('not a backup')],
    [
      'a line taken out',
      (bytes: Buffer) => {
        const lines = gunzipSync(bytes).toString('utf8').split('\n');
        return gzipSync([...lines.slice(0, 5), ...lines.slice(6)].join('\n'));
      },
    ],
    [
      'a line changed',
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString('utf8').replace('"index":7,', '"index":8,')),
    ],
    [
      'its trailer gone',
      (bytes: Buffer) => {
        const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
        return gzipSync(`${lines.slice(0, -1).join('\n')}\n`);
      },
    ],
  ])('are refused as damaged with %s, and not a line is handed out', async (_name, damage) => {
    const lines = Array.from({ length: 500 }, (_, index) =>
      JSON.stringify({ index, noise: Math.sin(index) }),
    );
    const made = await make(lines);
    await fs.writeFile(fileOf(made.id), damage(await fs.readFile(fileOf(made.id))));
    expect(await store.read(made.id, 0)).toMatchObject({ ok: false, error: { code: 'backup.damaged' } });
  });

  it.each([
    '../secret',
    `${projectId}_20260320T100000000Z_0000000g`,
    '',
    'notes.txt',
    `../${projectId}_20260320T100000000Z_00000000`,
  ])('are not found by the id %j', async (id) => {
    expect(await store.read(id, 0)).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
    expect(await store.append(id, [])).toMatchObject({ ok: false });
    expect(await store.finish(id)).toMatchObject({ ok: false });
  });

  it('refuse a record that would break the lines, and leave no part behind', async () => {
    const begun = await store.begin(summary('2026-03-20T10:00:00.000Z'));
    if (!begun.ok) throw new Error(begun.error.message);
    expect(await store.append(begun.value.id, ['{"a":\n1}'])).toMatchObject({
      error: { code: 'backup.write-failed' },
    });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it('say so when their folder cannot be made', async () => {
    await fs.writeFile(folder, 'a file in the way');
    expect(await store.begin(summary('2026-03-20T10:00:00.000Z'))).toMatchObject({
      ok: false,
      error: { code: 'backup.write-failed' },
    });
  });

  it.each(['', 'yesterday', '../../2026-03-20T10:00', '2026/03/20'])('refuse the time %j', async (madeAt) => {
    expect(await store.begin(summary(madeAt))).toMatchObject({ error: { code: 'ipc.bad-arguments' } });
  });

  it('end one that was left open when the next of the project begins', async () => {
    const left = await store.begin(summary('2026-03-20T10:00:00.000Z'));
    if (!left.ok) throw new Error(left.error.message);
    await make(['1'], '2026-03-20T11:00:00.000Z');
    expect(await store.append(left.value.id, ['2'])).toMatchObject({ error: { code: 'file.not-found' } });
    expect(await fs.readdir(folder)).toHaveLength(1);
  });

  it('say that the disk is full, leave no part and keep the earlier ones', async ({ skip }) => {
    await fs.mkdir(folder);
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status === 0;
    if (!isMounted) skip('skipped: a small disk needs the right to mount a tmpfs');
    try {
      const earlier = await make(['{"a":1}']);
      const begun = await store.begin(summary('2026-03-21T10:00:00.000Z'));
      if (!begun.ok) throw new Error(begun.error.message);
      const noise = Array.from({ length: 400 }, () => randomBytes(1000).toString('base64'));
      let refused = await store.append(begun.value.id, noise);
      for (let round = 0; round < 5 && refused.ok; round += 1)
        refused = await store.append(begun.value.id, noise);
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'backup.write-failed', details: { systemCode: 'ENOSPC' } },
      });
      expect(await fs.readdir(folder)).toEqual([`${earlier.id}.jsonl.gz`]);
      expect((await readAll(earlier.id)).lines).toEqual(['{"a":1}']);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});
