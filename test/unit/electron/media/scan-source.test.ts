import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ScanOutcome, scanSource } from '../../../../electron/media/scan/scan-source';
import { ScannedImage } from '../../../../shared/schema/image';
import { type BadInput, makeBadInputs, makePicture, writeFiles } from '../../../harness/image-fixtures';

let base: string;
let jpeg: Buffer;
let folders = 0;
let root: string;

beforeAll(async () => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-scan-')));
  jpeg = await makePicture('jpeg');
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  root = freshFolder();
});

function freshFolder(): string {
  folders += 1;
  const folder = path.join(base, String(folders));
  fs.mkdirSync(folder);
  return folder;
}

async function scan(
  folder: string,
  afterKey: string | null = null,
  signal?: AbortSignal,
): Promise<ScanOutcome[]> {
  const outcomes: ScanOutcome[] = [];
  const options = { target: { kind: 'folder', root: folder } as const, afterKey };
  for await (const chunk of scanSource(signal === undefined ? options : { ...options, signal })) {
    outcomes.push(...chunk);
  }
  return outcomes;
}

const keysOf = (outcomes: readonly ScanOutcome[]): string[] => outcomes.map(({ key }) => key);
const problemsOf = (outcomes: readonly ScanOutcome[]) => outcomes.flatMap(({ problem }) => problem ?? []);
const imagesOf = (outcomes: readonly ScanOutcome[]) => outcomes.flatMap(({ image }) => image ?? []);

describe('sound pictures', () => {
  it('become records with the hash that another reader computes', async () => {
    writeFiles(root, { 'a/b.jpg': jpeg });
    const [image] = imagesOf(await scan(root));
    expect(ScannedImage.parse(image)).toEqual({
      key: 'a/b.jpg',
      contentHash: createHash('sha256').update(jpeg).digest('hex'),
      byteSize: jpeg.length,
      modifiedAt: fs.statSync(path.join(root, 'a/b.jpg')).mtime.toISOString(),
      format: 'jpeg',
      width: 64,
      height: 32,
      exifOrientation: 1,
      capturedAt: null,
    });
  });

  it('of more than 4 MiB are hashed in pieces to the same hash', async () => {
    // What follows the end marker is legal; phones put films there.
    const large = Buffer.concat([jpeg, Buffer.alloc(9 * 1024 * 1024 + 7, 3)]);
    writeFiles(root, { 'large.jpg': large });
    const [image] = imagesOf(await scan(root));
    expect(image).toMatchObject({
      contentHash: createHash('sha256').update(large).digest('hex'),
      byteSize: large.length,
      width: 64,
    });
  });

  it('with another ending are added with a warning that says so', async () => {
    writeFiles(root, { 'photo.png': jpeg, 'photo.txt': jpeg, photo: jpeg });
    const outcomes = await scan(root);
    expect(imagesOf(outcomes).map(({ format }) => format)).toEqual(['jpeg', 'jpeg', 'jpeg']);
    expect(problemsOf(outcomes).map(({ key, code }) => [key, code])).toEqual([
      ['photo.png', 'image.mislabelled'],
      ['photo.txt', 'image.mislabelled'],
    ]);
  });

  it('are all that counts: texts and hidden files pass without a word', async () => {
    writeFiles(root, {
      'a.txt': '0 0.5 0.5 1 1',
      'a.json': '{}',
      'empty.xml': '',
      '._a.jpg': 'x',
      '.git/a.jpg': jpeg,
    });
    const outcomes = await scan(root);
    expect(imagesOf(outcomes)).toEqual([]);
    expect(problemsOf(outcomes)).toEqual([]);
    expect(keysOf(outcomes)).toEqual(['a.json', 'a.txt', 'empty.xml']);
  });
});

describe('bad inputs', () => {
  it('each end as one line with its reason, and the rest goes on', async () => {
    const inputs: readonly BadInput[] = await makeBadInputs();
    writeFiles(root, Object.fromEntries(inputs.map(({ name, content }) => [name, content])));
    writeFiles(root, { 'zz-sound.jpg': jpeg });
    const outcomes = await scan(root);
    expect(imagesOf(outcomes).map(({ key }) => key)).toEqual(['zz-sound.jpg']);
    const problems = new Map(problemsOf(outcomes).map((problem) => [problem.key, problem]));
    for (const { name, code, says } of inputs) {
      expect([name, problems.get(name)?.code]).toEqual([name, code]);
      expect(problems.get(name)?.reason).toMatch(says);
    }
    expect(problems.size).toBe(inputs.length);
  });

  it('a file that may not be read is a line', async () => {
    // Root may read everything; a folder in the file's place is unreadable for anybody, links to devices too.
    fs.symlinkSync('/dev/null', path.join(root, 'device.jpg'));
    writeFiles(root, { 'sound.jpg': jpeg });
    const outcomes = await scan(root);
    expect(problemsOf(outcomes).map(({ key, code }) => [key, code])).toEqual([
      ['device.jpg', 'file.outside-grant'],
    ]);
    expect(imagesOf(outcomes)).toHaveLength(1);
  });
});

describe('links', () => {
  it('are followed to files inside, and told when they loop, leave, break or double', async () => {
    const outside = freshFolder();
    writeFiles(outside, { 'secret.jpg': jpeg });
    writeFiles(root, { 'real/a.jpg': jpeg });
    fs.symlinkSync('real/a.jpg', path.join(root, 'file-link.jpg'));
    fs.symlinkSync('real', path.join(root, 'folder-link'));
    fs.symlinkSync('..', path.join(root, 'real/parent'));
    fs.symlinkSync('self', path.join(root, 'self'));
    fs.symlinkSync('nowhere.jpg', path.join(root, 'broken.jpg'));
    fs.symlinkSync(outside, path.join(root, 'outside'));
    fs.symlinkSync(path.join(outside, 'secret.jpg'), path.join(root, 'outside.jpg'));
    const outcomes = await scan(root);
    expect(imagesOf(outcomes).map(({ key }) => key)).toEqual(['file-link.jpg', 'real/a.jpg']);
    expect(problemsOf(outcomes).map(({ key, code }) => [key, code])).toEqual([
      ['broken.jpg', 'file.not-found'],
      ['folder-link', 'file.duplicate-link'],
      ['outside', 'file.outside-grant'],
      ['outside.jpg', 'file.outside-grant'],
      ['real/parent', 'file.link-loop'],
      ['self', 'file.link-loop'],
    ]);
  });

  it('names that could never be opened by key are told', async () => {
    writeFiles(root, { 'a\\b.jpg': jpeg, '%2e%2e%2fa.jpg': jpeg, '100%.jpg': jpeg });
    const outcomes = await scan(root);
    expect(imagesOf(outcomes).map(({ key }) => key)).toEqual(['100%.jpg']);
    expect(problemsOf(outcomes).map(({ code }) => code)).toEqual(['file.bad-name', 'file.bad-name']);
  });
});

describe('order and resuming', () => {
  const name = fc.stringMatching(/^[a-c0!~é-]{1,3}$/);
  const tree = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 15,
    selector: (parts) => parts.join('/'),
  });

  it('keys come in code-unit order, and what follows any of them is exactly the rest', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), async (paths, pick) => {
        const folder = freshFolder();
        // Folders end with "d", files with ".jpg", so that no path is both.
        const keys = paths.map((parts) => [
          ...parts.slice(0, -1).map((part) => `${part}d`),
          `${parts.at(-1)}.jpg`,
        ]);
        writeFiles(folder, Object.fromEntries(keys.map((parts) => [parts.join('/'), jpeg])));
        const all = keysOf(await scan(folder));
        expect(all).toEqual(keys.map((parts) => parts.join('/')).sort((a, b) => (a < b ? -1 : 1)));
        const position = pick % all.length;
        const after = all[position] ?? '';
        expect(keysOf(await scan(folder, after))).toEqual(all.slice(position + 1));
        // A key that is gone meanwhile is as good a place to go on from.
        expect(keysOf(await scan(folder, `${after}~`))).toEqual(all.filter((key) => key > `${after}~`));
      }),
      { numRuns: 60 },
    );
  });

  it('an aborted scan ends without an error and without the rest', async () => {
    writeFiles(root, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.jpg`, jpeg])));
    const abort = new AbortController();
    let seen = 0;
    for await (const chunk of scanSource({
      target: { kind: 'folder', root },
      afterKey: null,
      signal: abort.signal,
    })) {
      seen += chunk.length;
      abort.abort();
    }
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(300);
  });

  it('chosen files keep their keys and are followed wherever they lie', async () => {
    writeFiles(root, { 'x/one.jpg': jpeg, 'y/one.jpg': jpeg });
    const files = {
      '2/one.jpg': path.join(root, 'y/one.jpg'),
      'one.jpg': path.join(root, 'x/one.jpg'),
      gone: '/nowhere',
    };
    const outcomes: ScanOutcome[] = [];
    for await (const chunk of scanSource({ target: { kind: 'files', files }, afterKey: null }))
      outcomes.push(...chunk);
    expect(imagesOf(outcomes).map(({ key }) => key)).toEqual(['2/one.jpg', 'one.jpg']);
    expect(problemsOf(outcomes).map(({ key, code }) => [key, code])).toEqual([['gone', 'file.not-found']]);
  });
});
