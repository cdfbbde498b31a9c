import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../../electron/cli/run-cli';
import { openDatasetZip } from '../../../../electron/datasets-io/zip/open-dataset-zip';
import { EXPORT_OPTIONS } from '../../../../shared/exports/export-options';
import { FORMATS } from '../../../../shared/formats/index';
import { okValue } from '../../../fixtures/ok-value';
import { makePicture } from '../../../harness/image-fixtures';
import { zipBytes } from '../../../harness/zip-bytes';

const fixtures = path.resolve(import.meta.dirname, '../../../fixtures/formats');
const COCO = path.join(fixtures, 'coco/official');
const YOLO = path.join(fixtures, 'yolo/lists-with-sizes');
const UNCLEAR_YOLO = path.join(fixtures, 'yolo/obb-by-its-corners');

let work = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-cli-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function groundmark(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
  };
  const exitCode = await runCli(args, io, '1.2.3');
  return { exitCode, stdout, stderr };
}

const at = (...parts: string[]) => path.join(work, ...parts);

/** COCO with one box and one line that is a box nowhere: a shape that YOLO detection does not hold. */
async function cocoWith(images: readonly object[], annotations: readonly object[]): Promise<string> {
  const folder = at('in');
  await mkdir(path.join(folder, 'images'), { recursive: true });
  await writeFile(
    path.join(folder, 'instances.json'),
    JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'car', supercategory: '' }] }),
  );
  return folder;
}
const box = (id: number, bbox: readonly number[]) => ({
  id,
  image_id: 1,
  category_id: 1,
  bbox,
  area: (bbox[2] ?? 0) * (bbox[3] ?? 0),
  iscrowd: 0,
  segmentation: [],
});

describe('groundmark formats', () => {
  it('lists every format with its options and what it keeps', async () => {
    const { exitCode, stdout } = await groundmark('formats', '--json');
    expect(exitCode).toBe(0);
    const listed = JSON.parse(stdout).formats as { id: string; writeOptions: unknown[]; fidelity: object }[];
    expect(listed.map(({ id }) => id)).toEqual(Object.keys(FORMATS));
    const yolo = listed.find(({ id }) => id === 'yolo');
    expect(yolo?.writeOptions.length).toBeGreaterThan(0);
    expect(yolo?.fidelity).toMatchObject({ shapes: { box: 'rounded' }, classIndex: 'exact' });
    const text = (await groundmark('formats')).stdout;
    for (const id of Object.keys(FORMATS)) expect(text).toMatch(new RegExp(`^${id} `, 'm'));
  });

  it('tells all about one, and refuses one that is none', async () => {
    const { stdout } = await groundmark('formats', 'yolo');
    expect(stdout).toMatch(/Write options[\s\S]*task:[\s\S]*What a write with the defaults keeps/);
    expect(await groundmark('formats', 'nonsense')).toMatchObject({ exitCode: 2 });
  });

  it('stand in the help of commands, and so do the export options', async () => {
    for (const command of ['inspect', 'convert', 'verify', 'publish', 'export']) {
      const { stdout } = await groundmark(command, '--help');
      const words = stdout.replace(/\s+/g, ' ');
      expect(words, command).toContain(Object.keys(FORMATS).join(', '));
    }
    const help = (await groundmark('convert', '--help')).stdout;
    for (const { id } of EXPORT_OPTIONS) expect(help).toContain(`--${id} <choice>`);
  });
});

describe('a zip', () => {
  it('is written, inspected, converted back and verified', async () => {
    const zip = at('out.zip');
    expect(await groundmark('convert', YOLO, zip, '--to', 'coco')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readdir(work)).toEqual(['out.zip']);
    const inspected = await groundmark('inspect', zip, '--json');
    expect(JSON.parse(inspected.stdout)).toMatchObject({ format: 'coco', errors: 0 });
    expect(await groundmark('verify', YOLO, zip)).toMatchObject({ exitCode: 0 });
    expect(await groundmark('convert', zip, at('back'), '--to', 'yolo')).toMatchObject({ exitCode: 0 });
    expect(await groundmark('verify', at('back'), YOLO)).toMatchObject({ exitCode: 0 });
  });

  it('is the same to the byte each time', async () => {
    for (const name of ['a.zip', 'b.zip']) await groundmark('convert', COCO, at(name), '--to', 'voc');
    expect((await readFile(at('a.zip'))).equals(await readFile(at('b.zip')))).toBe(true);
  });

  it('gives its pictures, and holds those of a folder', async () => {
    const folder = await cocoWith(
      [{ id: 1, file_name: 'a.jpg', width: 64, height: 32 }],
      [box(1, [1, 2, 3, 4])],
    );
    const picture = await makePicture('jpeg');
    await writeFile(path.join(folder, 'images/a.jpg'), picture);
    const zip = at('with.zip');
    const there = await groundmark('convert', folder, zip, '--to', 'coco', '--images', 'copy', '--json');
    expect(JSON.parse(there.stdout).pictures).toEqual({ mode: 'copy', placed: 1, missing: 0 });
    const inside = okValue(await openDatasetZip(zip));
    expect(Buffer.from(okValue(await inside.readBytes('images/a.jpg', 1e6))).equals(picture)).toBe(true);
    await groundmark('convert', zip, at('out'), '--to', 'voc', '--images', 'link');
    expect((await readFile(at('out/JPEGImages/a.jpg'))).equals(picture)).toBe(true);
  });

  it('packed with a folder around it is the dataset in that folder', async () => {
    const label = '0 0.5 0.5 0.25 0.25\n';
    await writeFile(
      at('packed.zip'),
      zipBytes([
        { name: 'my set/data.yaml', content: 'names: [car]\ntrain: images\nval: images\n' },
        { name: 'my set/images/x.jpg', content: await makePicture('jpeg'), isStored: true },
        { name: 'my set/labels/x.txt', content: label },
        { name: '__MACOSX/my set/._x.jpg', content: 'x' },
      ]),
    );
    const { stdout } = await groundmark('inspect', at('packed.zip'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ format: 'yolo', images: 1, annotations: 1 });
  });

  it('that is hostile says what was passed over', async () => {
    const coco = await readFile(path.join(COCO, 'annotations/instances_val2017.json'));
    await writeFile(
      at('evil.zip'),
      zipBytes([
        { name: 'instances_val.json', content: coco },
        { name: '../../../evil.json', content: '{}' },
      ]),
    );
    const { stderr } = await groundmark('inspect', at('evil.zip'));
    expect(stderr).toContain('../../../evil.json has a name that no file of a dataset may have');
    const { exitCode } = await groundmark('convert', at('evil.zip'), at('out'), '--to', 'coco');
    expect(exitCode).toBe(3);
    expect((await readdir(work)).sort()).toEqual(['evil.zip', 'out']);
  });

  it('is not replaced unless that is wanted', async () => {
    await writeFile(at('out.zip'), 'precious');
    expect(await groundmark('convert', YOLO, at('out.zip'), '--to', 'coco')).toMatchObject({ exitCode: 2 });
    expect(await readFile(at('out.zip'), 'utf8')).toBe('precious');
    expect(await groundmark('convert', YOLO, at('out.zip'), '--to', 'coco', '--force')).toMatchObject({
      exitCode: 0,
    });
  });
});

describe('what the files leave open', () => {
  it('is asked with its choices, and answered by a read option', async () => {
    for (const command of ['inspect', 'convert'] as const) {
      const rest = command === 'convert' ? [at('out'), '--to', 'coco'] : [];
      const { exitCode, stderr } = await groundmark(command, UNCLEAR_YOLO, ...rest);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /Are they oriented boxes.*Answer with --read-option task=.*task=segment \(.*or --read-option task=obb \(/,
      );
    }
    expect(await readdir(work)).toEqual([]);
    const set = at('set');
    await cp(UNCLEAR_YOLO, set, { recursive: true });
    for (const [folder, name, width, height] of [
      ['train', 'p1', 200, 400],
      ['valid', 'p2', 10, 10],
    ] as const) {
      await mkdir(path.join(set, folder, 'images'));
      const picture = await makePicture('jpeg', { width, height });
      await writeFile(path.join(set, folder, 'images', `${name}.jpg`), picture);
    }
    for (const [task, shape] of [
      ['obb', 'rotated-box'],
      ['segment', 'polygon'],
    ] as const) {
      const { stdout } = await groundmark('inspect', set, '--read-option', `task=${task}`, '--json');
      expect(JSON.parse(stdout).annotationsByShape).toEqual({ [shape]: 2 });
    }
    expect(await groundmark('inspect', set, '--read-option', 'task=guess')).toMatchObject({
      exitCode: 2,
    });
    expect(await groundmark('inspect', set, '--read-option', 'task')).toMatchObject({ exitCode: 2 });
  });

  it('two formats in one folder are named, and none is taken', async () => {
    await cp(COCO, at('both'), { recursive: true });
    await cp(YOLO, at('both'), { recursive: true });
    const { exitCode, stderr, stdout } = await groundmark('inspect', at('both'), '--json');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/may be coco \(.*\) or yolo \(.*\)\. Say which/);
    expect(JSON.parse(stdout).error.details.choices).toEqual(['coco', 'yolo']);
    expect(await groundmark('inspect', at('both'), '--format', 'yolo')).toMatchObject({ exitCode: 0 });
  });
});

describe('groundmark convert with options', () => {
  it('lists every loss one by one, as lines and as one object', async () => {
    const lines = at('losses.jsonl');
    const { stdout } = await groundmark(
      'convert',
      COCO,
      at('a'),
      '--to',
      'yolo',
      '--report',
      lines,
      '--json',
    );
    const { lossCountByCode } = JSON.parse(stdout) as { lossCountByCode: Record<string, number> };
    const codes = (await readFile(lines, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).code as string);
    const counted = Object.fromEntries(
      [...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]),
    );
    expect(counted).toEqual(lossCountByCode);

    const object = at('report.json');
    await groundmark('convert', COCO, at('b'), '--to', 'yolo', '--report', object);
    const report = JSON.parse(await readFile(object, 'utf8'));
    expect(report.losses.map(({ code }: { code: string }) => code)).toEqual(codes);
    expect(report).toMatchObject({ to: 'yolo', lossCountByCode, readBack: { matched: 3 } });
    expect((await readdir(work)).sort()).toEqual(['a', 'b', 'losses.jsonl', 'report.json']);
    expect(await groundmark('convert', COCO, at('c'), '--to', 'yolo', '--report', 'x.txt')).toMatchObject({
      exitCode: 2,
    });
  });

  it('reads back what it wrote: matched, IoU, and what differs', async () => {
    const { stdout } = await groundmark('convert', YOLO, at('out'), '--to', 'coco', '--json');
    const { readBack, isClean } = JSON.parse(stdout);
    expect(isClean).toBe(true);
    expect(readBack).toMatchObject({
      missing: 0,
      extra: 0,
      moved: 0,
      differences: {},
      iou: { mean: 1, least: 1 },
    });
    expect(readBack.matched).toBeGreaterThan(0);
  });

  it('converts shapes, cuts at the edge and drops splits when that is wanted', async () => {
    const folder = await cocoWith(
      [{ id: 1, file_name: 'a.jpg', width: 64, height: 32 }],
      [box(1, [60, 2, 10, 4]), { ...box(2, [10, 10, 8, 8]), segmentation: [[10, 10, 18, 10, 18, 18]] }],
    );
    const flags = ['--option', 'task=detect', '--shapes', 'convert', '--clamp', 'clip'];
    const { exitCode, stdout } = await groundmark(
      'convert',
      folder,
      at('out'),
      '--to',
      'yolo',
      ...flags,
      '--json',
    );
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      lossCountByCode: { 'shape-converted': 1, 'shape-clipped': 1 },
      readBack: { matched: 2, missing: 0, differences: {} },
    });
    const [line = ''] = (await readFile(at('out/labels/a.txt'), 'utf8')).split('\n');
    // 60 to 64 of 64 is the last sixteenth.
    const expected = [0, 62 / 64, 4 / 32, 4 / 64, 4 / 32];
    for (const [index, value] of line.split(' ').map(Number).entries()) {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 8);
    }
    for (const wrong of [
      ['--clamp', 'sometimes'],
      ['--option', 'task=guess'],
      ['--option', 'nonsense=1'],
    ]) {
      expect(await groundmark('convert', folder, at('no'), '--to', 'yolo', ...wrong)).toMatchObject({
        exitCode: 2,
      });
    }
    expect((await readdir(work)).sort()).toEqual(['in', 'out']);
  });

  it('turns coordinates to the stored picture by the orientation of the file', async () => {
    // Stored 64 × 32 and shown turned clockwise by a quarter: 32 × 64.
    const folder = await cocoWith(
      [{ id: 1, file_name: 'a.jpg', width: 32, height: 64 }],
      [box(1, [2, 5, 10, 20])],
    );
    await writeFile(path.join(folder, 'images/a.jpg'), await makePicture('jpeg', { orientation: 6 }));
    const flags = ['--to', 'coco', '--frame', 'stored', '--json'];
    const { exitCode, stdout } = await groundmark('convert', folder, at('out'), ...flags);
    expect([exitCode, JSON.parse(stdout).lossCountByCode]).toEqual([0, {}]);
    const file = (await readdir(at('out/annotations')))[0] ?? '';
    const written = JSON.parse(await readFile(at('out/annotations', file), 'utf8'));
    expect(written.images[0]).toMatchObject({ width: 64, height: 32 });
    // Displayed (x, y) is stored (y, 32 - x).
    expect(written.annotations[0].bbox).toEqual([5, 20, 20, 10]);
  });

  it('calls no picture empty because nothing of it could be written', async () => {
    const folder = await cocoWith(
      [{ id: 1, file_name: 'a.jpg', width: 64, height: 32 }],
      [{ ...box(1, [10, 10, 8, 8]), segmentation: [[10, 10, 18, 10, 18, 18]] }],
    );
    await writeFile(path.join(folder, 'images/a.jpg'), await makePicture('jpeg'));
    const { stdout } = await groundmark(
      ...[
        'convert',
        folder,
        at('out'),
        '--to',
        'kitti',
        '--images',
        'copy',
        '--shapes',
        'leave-out',
        '--json',
      ],
    );
    expect(JSON.parse(stdout).lossCountByCode).toMatchObject({ 'unsupported-shape': 1, 'image-emptied': 1 });
    await expect(stat(at('out/training/image_2/a.jpg'))).rejects.toThrow();
    await expect(stat(at('out/image_2/a.jpg'))).rejects.toThrow();
  });
});
