import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// The electron package is only a path outside of Electron; the functions under test touch nothing of it.
vi.mock('electron', () => ({ dialog: {} }));
const { readTextFile, writeWholeFile } = await import('../../../../electron/grants/text-files');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'groundmark-text-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('text files', () => {
  it('are written whole and read back, without a byte order mark', async () => {
    const file = path.join(folder, 'schema.json');
    expect(await writeWholeFile(file, '{"ä":1}')).toEqual({ ok: true, value: { name: 'schema.json' } });
    expect(await readFile(file, 'utf8')).toBe('{"ä":1}');
    expect(await readdir(folder)).toEqual(['schema.json']);
    await writeFile(file, '\uFEFF{}');
    expect(await readTextFile(file)).toEqual({ ok: true, value: { name: 'schema.json', text: '{}' } });
  });

  it('are refused when absent or larger than 16 MB', async () => {
    const absent = await readTextFile(path.join(folder, 'gone.json'));
    expect(absent).toMatchObject({ ok: false, error: { code: 'file.not-readable' } });
    const huge = path.join(folder, 'huge.json');
    await writeFile(huge, '');
    await truncate(huge, 16 * 1024 * 1024 + 1);
    expect(await readTextFile(huge)).toMatchObject({ ok: false, error: { code: 'file.too-large' } });
  });

  it('say when the place cannot be written, naming the file and no path', async () => {
    const result = await writeWholeFile(path.join(folder, 'no', 'schema.json'), 'x');
    expect(result).toMatchObject({ ok: false, error: { code: 'file.not-writable' } });
    if (!result.ok) expect(result.error.message).not.toContain(folder);
  });
});
