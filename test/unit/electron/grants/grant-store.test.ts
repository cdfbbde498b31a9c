import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GrantStore, openGrantStore } from '../../../../electron/grants/grant-store';
import {
  refuseEncodedKey,
  refuseEscape,
  refuseMalformedKey,
  refuseStreamKey,
} from '../../../../electron/grants/refusals';
import { SourceId } from '../../../../shared/schema/ids';

let base: string;
let folder: string;
let grantsFile: string;
let store: GrantStore;

beforeEach(async () => {
  base = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'groundmark-grants-')));
  folder = path.join(base, 'photos');
  grantsFile = path.join(base, 'profile', 'grants.json');
  await fs.mkdir(path.join(folder, 'day 1'), { recursive: true });
  await fs.mkdir(path.join(base, 'photos-secret'));
  await fs.writeFile(path.join(folder, 'a.jpg'), 'a');
  await fs.writeFile(path.join(folder, '100%.jpg'), 'percent');
  await fs.writeFile(path.join(folder, 'day 1', 'b.jpg'), 'b');
  await fs.writeFile(path.join(base, 'secret.txt'), 'secret');
  await fs.writeFile(path.join(base, 'photos-secret', 'c.jpg'), 'c');
  store = await openGrantStore(grantsFile);
});

afterEach(() => fs.rm(base, { recursive: true, force: true }));

async function added(purpose: 'images' | 'export' = 'images') {
  const grant = await store.addFolder(folder, purpose);
  if (!grant.ok) throw new Error(grant.error.message);
  return grant.value;
}

describe('refusals', () => {
  it.each([
    '',
    '/etc/passwd',
    '..',
    '../secret.txt',
    'a/../../secret.txt',
    './a.jpg',
    'a//b',
    'a\\b',
    'a\0b',
    'a/',
  ])('refuses the malformed key %j', (key) => {
    expect(refuseMalformedKey(key)?.code).toBe('file.outside-grant');
  });

  it.each([
    '%2e%2e/secret.txt',
    '%2E%2E%2Fsecret.txt',
    '..%2fsecret.txt',
    'day 1%2f..%2f..%2fsecret.txt',
    '%252e%252e%252fsecret.txt',
    '%25252e%25252e/secret.txt',
    'a%5c..%5csecret.txt',
    'a%00.jpg',
    '100%/%2e%2e/secret.txt',
  ])('refuses the encoded key %j', (key) => {
    expect(refuseEncodedKey(key)?.code).toBe('file.outside-grant');
  });

  it.each(['100%.jpg', '50%25.jpg', 'a%20b.jpg', 'caf%C3%A9.png'])('lets the plain name %j pass', (key) => {
    expect(refuseMalformedKey(key)).toBeNull();
    expect(refuseEncodedKey(key)).toBeNull();
  });

  it('refuses drives and file streams on Windows alone', () => {
    expect(refuseStreamKey('a.jpg:hidden', 'win32')?.code).toBe('file.outside-grant');
    expect(refuseStreamKey('12:30.jpg', 'linux')).toBeNull();
  });

  it('is not fooled by a root that is a prefix of its neighbour', () => {
    expect(refuseEscape('/data', '/data-secret/x', 'x')?.code).toBe('file.outside-grant');
    expect(refuseEscape('/data', '/data/..x', '..x')).toBeNull();
    expect(refuseEscape('/data', '/', 'x')?.code).toBe('file.outside-grant');
  });
});

describe('resolve', () => {
  it('gives the real path of a file inside', async () => {
    const grant = await added();
    expect(await store.resolve(grant.id, 'day 1/b.jpg')).toEqual({
      ok: true,
      value: path.join(folder, 'day 1', 'b.jpg'),
    });
    expect(await store.resolve(grant.id, '100%.jpg')).toMatchObject({ ok: true });
  });

  it.each(['../secret.txt', '%2e%2e/secret.txt', '/etc/passwd'])('refuses %j', async (key) => {
    const grant = await added();
    expect(await store.resolve(grant.id, key)).toMatchObject({
      ok: false,
      error: { code: 'file.outside-grant' },
    });
  });

  it('refuses symlinks that lead out, of files and of folders, and follows those that stay inside', async () => {
    const grant = await added();
    await fs.symlink(path.join(base, 'secret.txt'), path.join(folder, 'link.jpg'));
    await fs.symlink(path.join(base, 'photos-secret'), path.join(folder, 'linked'));
    await fs.symlink(path.join(folder, 'a.jpg'), path.join(folder, 'alias.jpg'));
    for (const key of ['link.jpg', 'linked/c.jpg']) {
      expect(await store.resolve(grant.id, key)).toMatchObject({
        ok: false,
        error: { code: 'file.outside-grant' },
      });
    }
    expect(await store.resolve(grant.id, 'alias.jpg')).toEqual({
      ok: true,
      value: path.join(folder, 'a.jpg'),
    });
  });

  it('ends a symlink loop as not found', async () => {
    const grant = await added();
    await fs.symlink('loop', path.join(folder, 'loop'));
    expect(await store.resolve(grant.id, 'loop/a.jpg')).toMatchObject({ error: { code: 'file.not-found' } });
  });

  it('never names a path in a refusal', async () => {
    const grant = await added();
    for (const key of ['../x', 'gone.jpg']) {
      expect(JSON.stringify(await store.resolve(grant.id, key))).not.toContain(base);
    }
  });

  it('knows only granted ids, and only the listed files of a file grant', async () => {
    const unknown = SourceId.parse('00000000-0000-4000-8000-000000000000');
    expect(await store.resolve(unknown, 'a.jpg')).toMatchObject({ error: { code: 'file.unknown-grant' } });
    const files = await store.addFiles([path.join(folder, 'a.jpg')], 'images');
    if (!files.ok) throw new Error(files.error.message);
    expect(await store.resolve(files.value.id, 'a.jpg')).toMatchObject({ ok: true });
    for (const key of ['100%.jpg', 'day 1/b.jpg', 'constructor']) {
      expect(await store.resolve(files.value.id, key)).toMatchObject({ error: { code: 'file.not-found' } });
    }
  });
});

describe('keeping', () => {
  it('remembers grants over a restart, forgets on demand, and gives one id to one folder', async () => {
    const grant = await added();
    expect((await added()).id).toBe(grant.id);
    expect((await added('export')).id).not.toBe(grant.id);
    const reopened = await openGrantStore(grantsFile);
    expect(await reopened.list()).toHaveLength(2);
    expect(await reopened.resolve(grant.id, 'a.jpg')).toMatchObject({ ok: true });
    await reopened.forget(grant.id);
    expect(await (await openGrantStore(grantsFile)).list()).toHaveLength(1);
  });

  it('keeps two dropped files of one name apart', async () => {
    const grant = await store.addFiles(
      [
        path.join(folder, 'a.jpg'),
        path.join(base, 'photos-secret', 'c.jpg'),
        path.join(base, 'other', 'a.jpg'),
      ],
      'images',
    );
    if (!grant.ok) throw new Error(grant.error.message);
    const stored = store.get(grant.value.id);
    expect(
      stored.ok && stored.value.target.kind === 'files' && Object.keys(stored.value.target.files),
    ).toEqual(['a.jpg', 'c.jpg', '2/a.jpg']);
  });

  it('follows a folder to its new place under the same id and shows a lost one as unavailable', async () => {
    const grant = await added();
    await fs.rename(folder, path.join(base, 'moved'));
    expect(await store.list()).toMatchObject([{ id: grant.id, isAvailable: false }]);
    const moved = await store.relocate(grant.id, path.join(base, 'moved'));
    expect(moved).toMatchObject({
      ok: true,
      value: { id: grant.id, displayName: 'moved', isAvailable: true },
    });
    expect(await store.resolve(grant.id, 'a.jpg')).toMatchObject({ ok: true });
  });

  it('puts a damaged file aside instead of overwriting it', async () => {
    await added();
    await fs.writeFile(grantsFile, '{"version":1,"grants":[{"id":"');
    let keptAs = '';
    const reopened = await openGrantStore(grantsFile, (name) => {
      keptAs = name;
    });
    expect(await reopened.list()).toEqual([]);
    expect(await fs.readFile(keptAs, 'utf8')).toContain('{"version":1');
  });

  it('writes only where a person chose a folder to export to', async () => {
    const images = await added('images');
    expect(await store.resolveForWriting(images.id)).toMatchObject({ error: { code: 'file.not-writable' } });
    const target = await added('export');
    expect(await store.resolveForWriting(target.id)).toEqual({ ok: true, value: folder });
  });
});
