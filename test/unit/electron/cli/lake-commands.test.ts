import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../../electron/cli/run-cli';

let base: string;
let dataset: string;
let home: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'groundmark-cli-lake-'));
  dataset = path.join(base, 'set');
  home = path.join(base, 'home');
  await mkdir(path.join(dataset, 'images', 'day'), { recursive: true });
  for (const id of [1, 2, 3, 4]) await writeFile(path.join(dataset, `images/day/${id}.png`), png(64, 48, id));
  await writeLabels(BOXES);
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** Image, category, box. Category 3 has no 2 below it: numbers may have gaps. */
const BOXES: readonly (readonly [number, number, number[]])[] = [
  [1, 1, [1, 2, 30, 20]],
  [1, 3, [40, 10.25, 10, 10]],
  [2, 1, [5, 5, 20, 20]],
  [3, 3, [0, 0, 64, 48]],
];

async function writeLabels(boxes: typeof BOXES): Promise<void> {
  await writeFile(
    path.join(dataset, 'instances.json'),
    JSON.stringify({
      images: [1, 2, 3, 4].map((id) => ({ id, file_name: `day/${id}.png`, width: 64, height: 48 })),
      categories: [
        { id: 1, name: 'car' },
        { id: 3, name: 'sign' },
      ],
      annotations: boxes.map(([image_id, category_id, bbox], index) => ({
        id: index + 1,
        image_id,
        category_id,
        bbox,
        area: (bbox[2] ?? 0) * (bbox[3] ?? 0),
        iscrowd: 0,
      })),
    }),
  );
}

/** A grey PNG whose bytes differ by `shade`. */
function png(width: number, height: number, shade: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height, shade);
  for (let y = 0; y < height; y += 1) rows[y * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli(
    [...args, '--home', home, '--json'],
    {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    },
    '0.0.0',
  );
  return { exitCode, json: JSON.parse(stdout), stderr };
}

const publish = () =>
  run('publish', dataset, '--name', 'Crossing', '--split', '0.5,0.5,0', '--author', 'Ada');

describe('groundmark on the lake', () => {
  it('publishes a folder once, however often it is asked to', async () => {
    const first = await publish();
    expect(first).toMatchObject({
      exitCode: 0,
      // The sign of picture 3 covers all of its 64 × 48 px.
      stderr: expect.stringMatching(/^warning: day\/3\.png: It takes up 100 % .* \[shape-too-large\]\n$/),
    });
    expect(first.json.findings).toEqual({ error: 0, warning: 1, info: 2 });
    expect(first.json).toMatchObject({ isNew: true, formatId: 'coco' });
    expect(first.json.version.counts).toMatchObject({ images: 4, annotations: 4 });
    const again = await publish();
    expect(again.json).toMatchObject({ isNew: false, version: { id: first.json.version.id } });
    const listed = await run('versions');
    expect(listed.json.versions.map((version: { id: string }) => version.id)).toEqual([
      first.json.version.id,
    ]);
  });

  it('publishes nothing while the rules find errors, unless somebody says why', async () => {
    await writeLabels([
      [1, 1, [1, 2, 30, 20]],
      [1, 1, [1, 2, 30, 20]],
    ]);
    const refused = await publish();
    expect(refused).toMatchObject({
      exitCode: 1,
      json: { version: null, findings: { error: 1 } },
      stderr: expect.stringContaining('error: day/1.png: Two objects of one label lie on each other'),
    });
    expect((await run('versions')).json.versions).toEqual([]);
    const args = ['--name', 'Crossing', '--split', '1,0,0', '--allow-findings', 'Two cars in a mirror'];
    const allowed = await run('publish', dataset, ...args);
    expect(allowed).toMatchObject({
      exitCode: 0,
      json: { isNew: true, findings: { error: 1 } },
      stderr: expect.stringContaining('Published with errors, because: Two cars in a mirror'),
    });
    const { id } = allowed.json.version;
    const lake = path.join(home, 'lake');
    const manifest = (await readdir(lake, { recursive: true })).find(
      (file) => file.includes(id) && file.endsWith('manifest.json'),
    );
    expect(JSON.parse(await readFile(path.join(lake, manifest ?? ''), 'utf8')).review).toEqual({
      agreement: null,
      auditHead: { hash: null, seq: 0 },
      coverage: { accepted: 0, changedSince: 0, reviewed: 0, total: 4 },
      gate: { reason: 'Two cars in a mirror' },
      policy: { isReviewed: false, reviewsNeeded: 1 },
      quality: null,
    });
    // Mended, nothing is let pass any more.
    await writeLabels([[1, 1, [1, 2, 30, 20]]]);
    expect((await publish()).json.version.review).toBeUndefined();
  });

  it('says what changed, object by object, with shortened ids', async () => {
    const before = (await publish()).json.version.id;
    await writeLabels([
      [1, 1, [3, 2, 30, 20]], // moved by 2 px
      [1, 1, [40, 10.25, 10, 10]], // a sign that is a car now
      [3, 3, [0, 0, 64, 48]], // unchanged; the car of image 2 is gone
      [4, 3, [8, 8, 8, 8]], // new
    ]);
    const after = (await publish()).json.version.id;
    const diff = await run('diff', before.slice(0, 10), after.slice(0, 10));
    expect(diff.exitCode).toBe(1);
    expect(diff.json.annotations).toEqual({
      added: 1,
      removed: 1,
      moved: 1,
      relabelled: 1,
      attributesChanged: 0,
      unchanged: 1,
    });
    expect((await run('diff', before, before)).exitCode).toBe(0);
    const unknown = await run('diff', before, 'ffff');
    expect(unknown).toMatchObject({ exitCode: 2, json: { error: { code: 'lake.unknown-version' } } });
  });

  it('exports what it published, and keeps class numbers with their gap', async () => {
    const { id } = (await publish()).json.version;
    const out = path.join(base, 'out');
    const report = await run(
      'export',
      id.slice(0, 8),
      out,
      '--to',
      'coco',
      '--images-from',
      path.join(dataset, 'images'),
    );
    expect(report).toMatchObject({
      exitCode: 0,
      json: { isClean: true, readBack: { matched: 4, missing: 0 } },
    });
    const files = (await readdir(path.join(out, 'annotations'))).map((name) =>
      path.join(out, 'annotations', name),
    );
    const boxes = [];
    for (const file of files) {
      const json = JSON.parse(await readFile(file, 'utf8'));
      const keys = new Map(
        json.images.map((image: { id: number; file_name: string }) => [image.id, image.file_name]),
      );
      for (const { image_id, category_id, bbox } of json.annotations)
        boxes.push([keys.get(image_id), category_id, bbox]);
    }
    expect(boxes.sort()).toEqual(
      BOXES.map(([image, category, bbox]) => [`day/${image}.png`, category, bbox]).sort(),
    );
    expect(await readFile(path.join(out, 'images/day/1.png'))).toEqual(png(64, 48, 1));
    expect(await run('export', id, out, '--to', 'coco')).toMatchObject({
      exitCode: 2,
      json: { error: { code: 'file.not-writable' } },
    });
  });

  it('publishes what it could take and ends with 3 when a picture is missing', async () => {
    await rm(path.join(dataset, 'images/day/2.png'));
    const result = await publish();
    expect(result).toMatchObject({ exitCode: 3, json: { unmatchedImages: ['day/2.png'] } });
    expect(result.json.version.counts.annotations).toBe(3);
    expect(result.stderr).toContain('day/2.png');
  });

  it('refuses shares that are none and folders that hold no dataset', async () => {
    const bad = await run('publish', dataset, '--name', 'X', '--split', 'half');
    expect(bad).toMatchObject({ exitCode: 2, json: { error: { code: 'usage.bad-arguments' } } });
    const sum = await run('publish', dataset, '--name', 'X', '--split', '0.5,0.1,0.1');
    expect(sum).toMatchObject({ exitCode: 2, json: { error: { code: 'usage.bad-arguments' } } });
    const empty = path.join(base, 'empty');
    await cp(path.join(dataset, 'images'), empty, { recursive: true });
    const none = await run('publish', empty, '--name', 'X');
    expect(none).toMatchObject({ exitCode: 2, json: { error: { code: 'format.unrecognised' } } });
    expect((await run('versions')).json.versions).toEqual([]);
  });
});
