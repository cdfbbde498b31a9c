import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../../electron/datasets-io/open-dataset-folder';
import { openDatasetZip } from '../../../../electron/datasets-io/zip/open-dataset-zip';
import { type ExportOptions, exportVersion } from '../../../../electron/store/export-version';
import { type Lake, openLake } from '../../../../electron/store/lake';
import { openVersion } from '../../../../electron/store/version-source';
import { PublishRow } from '../../../../shared/ipc/channels/datasets';
import type { Sha256 } from '../../../../shared/schema/ids';
import { okValue } from '../../../fixtures/ok-value';
import {
  CAR,
  contentKeyOf,
  publishRequest,
  publishRow,
  publishRows,
  uuidOf,
} from '../../../fixtures/publish-rows';

let base: string;
let lake: Lake;
let originals: string;
let out: string;
let versionId: Sha256;
let rows: readonly PublishRow[];

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'groundmark-export-test-'));
  lake = openLake(path.join(base, 'home'));
  originals = path.join(base, 'originals');
  out = path.join(base, 'out');
  await mkdir(path.join(originals, 'day'), { recursive: true });
  await mkdir(out);
  const prepared: PublishRow[] = [];
  for (const row of publishRows(30)) {
    const bytes = Buffer.from(`picture ${row.image.key}`);
    await writeFile(path.join(originals, row.image.key), bytes);
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    prepared.push(PublishRow.parse({ ...row, image: { ...row.image, contentHash, byteSize: bytes.length } }));
  }
  rows = prepared;
  versionId = await publish(rows);
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function publish(of: readonly PublishRow[]): Promise<Sha256> {
  const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(of)));
  okValue(await publishing.append(publishing.nextBatch, of));
  return okValue(await publishing.finish()).version.id;
}

const sources = () => ({ [uuidOf('source')]: { kind: 'folder', root: originals } as const });

function exported(changes: Partial<ExportOptions> = {}) {
  return exportVersion(lake, {
    versionId,
    formatId: 'coco',
    options: {},
    exportOptions: {},
    container: 'folder',
    listsLosses: true,
    target: { kind: 'exactly', place: path.join(out, 'set'), isForced: false },
    pictures: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  });
}

// 30 rows: 4 unlabelled, 6 confirmed empty, 20 labelled with a car, a lorry (now car) and a polyline each.
const LABELLED = 20;
const PUBLISHED = 26;

describe('an export', () => {
  it('as COCO holds every box as it was drawn, by split, and says which shapes it could not hold', async () => {
    const report = okValue(await exported());
    expect(report).toMatchObject({ formatId: 'coco', images: PUBLISHED, annotations: LABELLED * 2 });
    expect(report.lossCountByCode).toEqual({ 'unsupported-shape': LABELLED });
    expect(report.readBack).toEqual({
      images: PUBLISHED,
      annotations: LABELLED * 2,
      matched: LABELLED * 2,
      missing: LABELLED,
      extra: 0,
      moved: 0,
      relabelled: 0,
      largestCoordinateError: 0,
      leftOut: LABELLED,
      inPart: 0,
      iou: { mean: 1, least: 1, pairs: LABELLED * 2 },
      differences: {},
    });

    const { counts } = okValue(await lake.version(versionId)).manifest;
    const boxes = [];
    for (const split of ['train', 'val', 'test'] as const) {
      const file = path.join(out, 'set', 'annotations', `instances_${split}.json`);
      const json = JSON.parse(await readFile(file, 'utf8'));
      expect(json.images).toHaveLength(counts.bySplit[split]);
      const keys = new Map(
        json.images.map((image: { id: number; file_name: string }) => [image.id, image.file_name]),
      );
      for (const box of json.annotations) boxes.push({ key: keys.get(box.image_id), ...box });
      expect(json.categories.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
        [1, 'car'],
        [3, 'traffic sign'],
      ]);
    }
    const ofThird = boxes.filter((box) => box.key === 'day/000003.jpg');
    expect(ofThird.map((box) => [box.category_id, box.bbox, box.attributes])).toEqual([
      [1, [13.1, 20.2, 30.3, 40.4], { colour: 'red', occluded: true }],
      [1, [0, 0, 1 / 3, 2], undefined],
    ]);
  });

  it('as YOLO gives fractions that come back within its declared error, and counts what it dropped', async () => {
    const report = okValue(await exported({ formatId: 'yolo' }));
    expect(report.readBack).toMatchObject({
      images: PUBLISHED,
      matched: LABELLED * 2,
      missing: LABELLED,
      extra: 0,
      moved: 0,
      relabelled: 0,
    });
    expect(report.readBack.largestCoordinateError).toBeLessThan(1e-4);
    // Each car has a colour and is occluded.
    expect(report.lossCountByCode).toMatchObject({
      'unsupported-shape': LABELLED,
      'attribute-dropped': LABELLED * 2,
    });
    const [line = ''] = (await readFile(path.join(out, 'set/labels/day/000003.txt'), 'utf8')).split('\n');
    const [index, cx = 0, cy = 0, w = 0, h = 0] = line.split(' ').map(Number);
    expect(index).toBe(0);
    expect(cx * 1280).toBeCloseTo(13.1 + 30.3 / 2, 4);
    expect(cy * 720).toBeCloseTo(20.2 + 40.4 / 2, 4);
    expect(w * 1280).toBeCloseTo(30.3, 4);
    expect(h * 720).toBeCloseTo(40.4, 4);
    // Confirmed empty is a negative: an empty file.
    expect((await stat(path.join(out, 'set/labels/day/000004.txt'))).size).toBe(0);
  });

  it('copies the originals byte for byte and lists those that are gone or have changed', async () => {
    await rm(path.join(originals, 'day/000000.jpg'));
    await writeFile(path.join(originals, 'day/000001.jpg'), 'something else');
    const report = okValue(await exported({ pictures: { mode: 'copy', sources: sources() } }));
    expect(report.lossCountByCode).toMatchObject({ 'image-missing': 1, 'image-changed': 1 });
    expect(await readFile(path.join(out, 'set/images/day/000002.jpg'), 'utf8')).toBe(
      'picture day/000002.jpg',
    );
    expect((await readdir(path.join(out, 'set/images/day'))).length).toBe(PUBLISHED - 2);
    expect(report.filesWritten).toBe(3 + PUBLISHED - 2);
  });

  it('does not copy from outside of the granted folder through a link', async () => {
    const secret = path.join(base, 'secret.jpg');
    await writeFile(secret, 'picture day/000000.jpg');
    await rm(path.join(originals, 'day/000000.jpg'));
    await symlink(secret, path.join(originals, 'day/000000.jpg'));
    const report = okValue(await exported({ pictures: { mode: 'copy', sources: sources() } }));
    expect(report.lossCountByCode['image-missing']).toBe(1);
  });

  it('leaves nothing at the destination when it is cancelled', async () => {
    for (const note of ['Copying', 'Writing', 'Reading']) {
      const controller = new AbortController();
      const result = await exported({
        pictures: { mode: 'copy', sources: sources() },
        signal: controller.signal,
        onProgress: (_, said) => {
          if (said.startsWith(note)) controller.abort();
        },
      });
      expect(result, note).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
      expect(await readdir(out), note).toEqual([]);
    }
  });

  it('goes on with the image copies of one that was killed, by their hashes', async () => {
    const partial = path.join(out, '.set.partial');
    await mkdir(path.join(partial, 'images/day'), { recursive: true });
    await mkdir(path.join(partial, 'annotations'));
    await writeFile(path.join(partial, 'annotations/instances_train.json'), '{"half');
    const good = path.join(partial, 'images/day/000000.jpg');
    const longAgo = new Date('2020-01-01T00:00:00Z');
    await writeFile(good, 'picture day/000000.jpg');
    await utimes(good, longAgo, longAgo);
    // Right length, wrong bytes.
    await writeFile(path.join(partial, 'images/day/000001.jpg'), 'PICTURE day/000001.jpg');
    const report = okValue(await exported({ pictures: { mode: 'copy', sources: sources() } }));
    expect(report.readBack.matched).toBe(LABELLED * 2);
    // The good copy was kept, not made again.
    expect((await stat(path.join(out, 'set/images/day/000000.jpg'))).mtime).toEqual(longAgo);
    expect(await readFile(path.join(out, 'set/images/day/000001.jpg'), 'utf8')).toBe(
      'picture day/000001.jpg',
    );
    expect(await readdir(out)).toEqual(['set', 'set.losses.jsonl']);
  });

  it('into a chosen folder gets a folder of its own and never touches what is there', async () => {
    const inside = { target: { kind: 'inside', folder: out } as const };
    okValue(await exported(inside));
    okValue(await exported(inside));
    const name = `Crossing-${versionId.slice(0, 12)}-coco`;
    expect((await readdir(out)).filter((entry) => !entry.endsWith('.jsonl'))).toEqual([name, `${name}-2`]);
  });

  it('refuses a folder that holds something, an unknown format and a damaged version', async () => {
    await mkdir(path.join(out, 'set'));
    await writeFile(path.join(out, 'set', 'mine.txt'), 'mine');
    expect(await exported()).toMatchObject({ ok: false, error: { code: 'file.not-writable' } });
    expect(await exported({ formatId: 'nonsense' })).toMatchObject({
      ok: false,
      error: { code: 'format.unrecognised' },
    });
    const forced = { kind: 'exactly', place: path.join(out, 'set'), isForced: true } as const;
    okValue(await exported({ target: forced }));
    expect(await readdir(path.join(out, 'set'))).toEqual(['annotations']);
    await writeFile(path.join(lake.paths.version(versionId), 'images.parquet'), 'damaged');
    expect(await exported({ target: { kind: 'inside', folder: out } })).toMatchObject({
      ok: false,
      error: { code: 'lake.damaged-version' },
    });
  });

  it('clips nothing silently: boxes that leave the picture are counted', async () => {
    const row = publishRow(0);
    const [car] = row.annotations;
    const outside = {
      ...car,
      id: uuidOf('outside'),
      labelId: CAR,
      shape: { type: 'box', x: -10, y: 5, width: 30, height: 20 },
    };
    versionId = await publish([PublishRow.parse({ ...row, annotations: [outside] })]);
    const report = okValue(await exported({ formatId: 'yolo' }));
    expect(report.lossCountByCode['box-clipped']).toBe(1);
    expect(report.readBack).toMatchObject({
      matched: 0,
      moved: 1,
      largestCoordinateError: expect.closeTo(10, 3),
    });
  });

  it('lists every loss in a file beside it, a line each, and none when nothing was lost', async () => {
    const report = okValue(await exported({ formatId: 'yolo' }));
    expect(report).toMatchObject({ name: 'set', lossFile: 'set.losses.jsonl' });
    const lines = (await readFile(path.join(out, 'set.losses.jsonl'), 'utf8')).trimEnd().split('\n');
    const codes = lines.map((line) => JSON.parse(line).code);
    const counted = Object.entries(report.lossCountByCode).flatMap(([code, count]) =>
      Array.from({ length: count }, () => code),
    );
    // More than the samples that the report shows.
    expect(lines.length).toBeGreaterThan(50);
    expect(codes.sort()).toEqual(counted.sort());

    const row = publishRow(0);
    versionId = await publish([PublishRow.parse({ ...row, annotations: row.annotations.slice(0, 1) })]);
    const clean = okValue(await exported({ target: { kind: 'inside', folder: out } }));
    expect(clean.lossCountByCode).toEqual({});
    expect(clean.lossFile).toBeNull();
  });

  it('as a zip holds the same files as the folder', async () => {
    const pictures = { mode: 'copy', sources: sources() } as const;
    okValue(await exported({ pictures }));
    const place = path.join(out, 'set.zip');
    const report = okValue(
      await exported({ pictures, container: 'zip', target: { kind: 'exactly', place, isForced: false } }),
    );
    expect(report).toMatchObject({ name: 'set.zip', readBack: { matched: LABELLED * 2, extra: 0 } });
    const zip = okValue(await openDatasetZip(place));
    const folder = okValue(await openDatasetFolder(path.join(out, 'set')));
    const listed = (files: readonly { path: string; byteSize: number }[]) =>
      files.map(({ path: key, byteSize }) => [key, byteSize]);
    expect(listed(await zip.list())).toEqual(listed(await folder.list()));
    for (const { path: key } of await folder.list()) {
      expect(okValue(await zip.readBytes(key, 1e6))).toEqual(okValue(await folder.readBytes(key, 1e6)));
    }
    expect(await readdir(out)).toEqual(['set', 'set.losses.jsonl', 'set.zip', 'set.zip.losses.jsonl']);
  });

  it('links originals where that is possible', async () => {
    const report = okValue(await exported({ pictures: { mode: 'link', sources: sources() } }));
    expect(report.filesWritten).toBe(3 + PUBLISHED);
    const linked = await stat(path.join(out, 'set/images/day/000002.jpg'));
    expect(linked.ino).toBe((await stat(path.join(originals, 'day/000002.jpg'))).ino);
  });

  it('is prepared as its options say, and what that loses is in the report', async () => {
    const report = okValue(
      await exported({ formatId: 'yolo', exportOptions: { shapes: 'convert', splits: 'none' } }),
    );
    // The polylines became boxes, and came back as such.
    expect(report.readBack).toMatchObject({ matched: LABELLED * 3, missing: 0, leftOut: 0, differences: {} });
    expect(report.readBack.iou?.least).toBeGreaterThan(0.999);
    expect(report.lossCountByCode).toMatchObject({ 'shape-converted': LABELLED, 'split-dropped': PUBLISHED });
    expect(report.losses.some(({ message }) => message.includes('became a bounding box'))).toBe(true);
    expect(report.fidelity.shapes.box).toBe('rounded');
    expect(await exported({ exportOptions: { shapes: 'guess' } })).toMatchObject({
      ok: false,
      error: { code: 'usage.bad-arguments' },
    });
  });

  it('hands a format all that the version holds beside shapes', async () => {
    const row = publishRow(0);
    const [first, second] = row.annotations;
    const group = uuidOf('group');
    const track = uuidOf('track');
    versionId = await publish([
      PublishRow.parse({
        ...row,
        annotations: [
          { ...first, groupId: group, note: 'near the kerb', score: 0.5 },
          { ...second, groupId: group, trackId: track, isKeyframe: false, isOutside: true },
        ],
      }),
    ]);
    const { manifest } = okValue(await lake.version(versionId));
    const version = await openVersion(lake.paths, versionId, manifest);
    try {
      const labels = [];
      for await (const label of version.source.labels()) labels.push(label);
      expect(labels[0]).toMatchObject({
        name: 'car',
        color: expect.stringMatching(/^#[0-9a-f]{6}$/),
        attributes: [{ name: 'colour', kind: 'select' }],
      });
      for await (const { image, annotations } of version.source.annotationsByImage()) {
        expect(image.exifOrientation).toBe(row.image.exifOrientation);
        expect(annotations[0]).toMatchObject({ groupId: group, note: 'near the kerb', score: 0.5 });
        expect(annotations[1]).toMatchObject({
          groupId: group,
          trackId: track,
          isKeyframe: false,
          isOutside: true,
        });
      }
    } finally {
      await version.close();
    }
  });
});
