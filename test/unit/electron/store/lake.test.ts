import { createHash } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lake, openLake } from '../../../../electron/store/lake';
import type { PublishRequest, PublishRow } from '../../../../shared/ipc/channels/datasets';
import { okValue } from '../../../fixtures/ok-value';
import {
  CAR,
  contentKeyOf,
  publishRequest,
  publishRow,
  publishRows,
  SIGN,
  uuidOf,
} from '../../../fixtures/publish-rows';

let home: string;
let lake: Lake;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "groundmark [lake]'s "));
  lake = openLake(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function publish(
  into: Lake,
  rows: readonly PublishRow[],
  request: PublishRequest = publishRequest(),
  batchSize = 50,
) {
  const publishing = okValue(await into.beginPublish(request, contentKeyOf(rows)));
  for (let batch = publishing.nextBatch; batch * batchSize < rows.length; batch += 1) {
    okValue(await publishing.append(batch, rows.slice(batch * batchSize, (batch + 1) * batchSize)));
  }
  return okValue(await publishing.finish());
}

/** Reads a file of a version as anyone with DuckDB would, not through the code under test. */
async function parquet(of: Lake, id: string, name: string, select: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const file = path.join(of.paths.root, 'versions', id, name);
  const reader = await connection.runAndReadAll(select.replace('FILE', '$1'), [file]);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

describe('publishing', () => {
  it('writes what was given, as other readers see it', async () => {
    const { version, isNew } = await publish(lake, publishRows(35));
    expect(isNew).toBe(true);
    // 35 images less 5 unlabelled (6, 13, 20, 27, 34); of the rest 4, 9, 14, 19, 24, 29 are confirmed empty.
    expect(version.counts.images).toBe(30);
    expect(version.counts.annotations).toBe(24 * 3);
    // Lorries count as the cars they were merged into.
    expect(version.counts.byLabel).toEqual({ [CAR]: 48, [SIGN]: 24 });
    expect(version.counts.bySplit.train + version.counts.bySplit.val + version.counts.bySplit.test).toBe(30);

    const [first, second, third] = await parquet(
      lake,
      version.id,
      'annotations.parquet',
      `SELECT * FROM read_parquet(FILE) WHERE image_key = 'day/000003.jpg' ORDER BY ordinal`,
    );
    expect(first).toMatchObject({
      annotation_id: uuidOf('a 3 0'),
      class_index: 0,
      label_name: 'car',
      shape_type: 'box',
      x: 13.1,
      y: 20.2,
      width: 30.3,
      height: 40.4,
      points: null,
      attributes: '{"colour":"red"}',
      is_occluded: true,
      is_crowd: false,
      author: 'Ada',
      created_at: '2026-01-02 03:04:05.678+00',
    });
    expect(second).toMatchObject({
      class_index: 0,
      label_name: 'car',
      merged_label_id: uuidOf('label lorry'),
      width: 1 / 3,
    });
    expect(third).toMatchObject({
      class_index: 2,
      shape_type: 'polyline',
      points: [
        { x: 1.5, y: 2.5 },
        { x: 100.25, y: 50 },
      ],
      x: 1.5,
      width: 98.75,
    });
    const reviews = await parquet(lake, version.id, 'reviews.parquet', 'SELECT * FROM read_parquet(FILE)');
    // Nothing was said of reviews; see lake-reviews.test.ts.
    expect(reviews).toEqual([]);
    const images = await parquet(
      lake,
      version.id,
      'images.parquet',
      'SELECT image_key, content_hash, width, split, pixel_frame FROM read_parquet(FILE) ORDER BY image_key',
    );
    expect(images).toHaveLength(30);
    expect(images[0]).toMatchObject({ image_key: 'day/000000.jpg', width: 1280, pixel_frame: 'displayed' });
  });

  it('gives the same id and bytes in another home, in other batches and in another order of rows', async () => {
    const rows = publishRows(40);
    const other = openLake(path.join(home, 'other'), { now: () => new Date(0) });
    const here = await publish(lake, rows);
    const there = await publish(other, [...rows].reverse(), publishRequest(), 7);
    expect(there.version.id).toBe(here.version.id);
    for (const name of ['manifest.json', 'images.parquet', 'annotations.parquet', 'reviews.parquet']) {
      const [a, b] = await Promise.all(
        [lake, other].map((each) => readFile(path.join(each.paths.version(here.version.id), name))),
      );
      expect(a?.equals(b ?? Buffer.alloc(0)), name).toBe(true);
    }
  });

  it('names a version by the SHA-256 of its manifest file', async () => {
    const { version } = await publish(lake, publishRows(3));
    const bytes = await readFile(path.join(lake.paths.version(version.id), 'manifest.json'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version.id);
  });

  it('gives back the latest version when nothing changed, whatever the message', async () => {
    const first = await publish(lake, publishRows(10));
    const again = await publish(lake, publishRows(10), publishRequest({ message: 'again', author: 'Grace' }));
    expect(again).toEqual({ version: first.version, isNew: false });
    const more = await publish(lake, publishRows(11));
    expect(more.isNew).toBe(true);
    expect(more.version.parent).toBe(first.version.id);
  });

  it('resumes at the first batch that was not staged', async () => {
    const rows = publishRows(30);
    const cutOff = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(rows)));
    okValue(await cutOff.append(0, rows.slice(0, 10)));
    okValue(await cutOff.append(1, rows.slice(10, 20)));
    const resumed = okValue(await openLake(home).beginPublish(publishRequest(), contentKeyOf(rows)));
    expect(resumed.nextBatch).toBe(2);
    expect(await resumed.append(3, [])).toMatchObject({ ok: false, error: { code: 'usage.bad-arguments' } });
    okValue(await resumed.append(2, rows.slice(20, 30)));
    const { version } = okValue(await resumed.finish());
    const whole = await publish(openLake(path.join(home, 'other')), rows);
    expect(version.id).toBe(whole.version.id);
  });

  it('leaves nothing behind: no staging after success or discard, no scratch', async () => {
    await publish(lake, publishRows(5));
    const given = okValue(await lake.beginPublish(publishRequest({ message: 'x' }), contentKeyOf([])));
    okValue(await given.append(0, publishRows(5)));
    await given.discard();
    expect(await readdir(lake.paths.staging)).toEqual([]);
    expect(await readdir(lake.paths.scratch).catch(() => [])).toEqual([]);
  });

  it('refuses an empty selection, shares that do not add up, and labels that nobody knows', async () => {
    const none = okValue(await lake.beginPublish(publishRequest(), contentKeyOf([])));
    expect(await none.finish()).toMatchObject({ ok: false, error: { code: 'lake.nothing-to-publish' } });
    const rule = { ...publishRequest().splitRule, ratios: { train: 0.5, val: 0.2, test: 0.1 } };
    expect(await lake.beginPublish(publishRequest({ splitRule: rule }), contentKeyOf([]))).toMatchObject({
      ok: false,
      error: { code: 'usage.bad-arguments' },
    });
    const row = publishRow(0);
    const [annotation] = row.annotations;
    if (annotation === undefined) throw new Error('the fixture has annotations');
    const unknown = { ...annotation, labelId: uuidOf('nobody') as typeof annotation.labelId };
    const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf([row])));
    expect(await publishing.append(0, [{ ...row, annotations: [unknown] }])).toMatchObject({
      ok: false,
      error: { code: 'schema.unknown-label' },
    });
  });

  it('is cancelled between its steps without a trace of the version', async () => {
    const rows = publishRows(20);
    const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(rows)));
    okValue(await publishing.append(0, rows));
    const controller = new AbortController();
    const result = await publishing.finish({
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === 'writing') controller.abort();
      },
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
    expect(okValue(await lake.versions(null))).toEqual([]);
    expect(await readdir(lake.paths.versions).catch(() => [])).toEqual([]);
  });

  it('keeps images of two sources with equal keys apart', async () => {
    const rows = [0, 1].flatMap((index) => {
      const row = publishRow(index);
      const image = { ...row.image, id: uuidOf(`copy ${index}`), sourceId: uuidOf('second source') };
      return [row, { ...row, image: image as typeof row.image, annotations: [], sourceName: 'street' }];
    });
    const { version } = await publish(lake, rows);
    const images = await parquet(
      lake,
      version.id,
      'images.parquet',
      'SELECT image_key, split FROM read_parquet(FILE) ORDER BY image_key',
    );
    expect(images.map((row) => row.image_key)).toEqual([
      'street-2/day/000000.jpg',
      'street-2/day/000001.jpg',
      'street/day/000000.jpg',
      'street/day/000001.jpg',
    ]);
    // Byte-identical images are never in two splits.
    expect(images[0]?.split).toBe(images[2]?.split);
    expect(images[1]?.split).toBe(images[3]?.split);
  });
});

describe('the catalogue', () => {
  it('is made anew from the version folders when it is missing or damaged', async () => {
    const first = await publish(lake, publishRows(5));
    const second = await publish(lake, publishRows(6));
    const listed = okValue(await lake.versions(null));
    expect(listed.map((version) => version.id).sort()).toEqual([first.version.id, second.version.id].sort());
    await writeFile(lake.paths.catalogue, 'not a database');
    expect(okValue(await lake.versions(null))).toEqual(listed);
    await rm(lake.paths.catalogue);
    expect(okValue(await lake.versions(null))).toEqual(listed);
  });

  it('finds a version that was put in place before a crash could catalogue it, and forgets removed ones', async () => {
    const { version } = await publish(lake, publishRows(5));
    const other = openLake(path.join(home, 'other'));
    await publish(other, publishRows(8));
    const [foreign] = okValue(await other.versions(null));
    if (foreign === undefined) throw new Error('nothing was published');
    await cp(other.paths.version(foreign.id), lake.paths.version(foreign.id), { recursive: true });
    await rm(lake.paths.version(version.id), { recursive: true });
    expect(okValue(await lake.versions(null)).map(({ id }) => id)).toEqual([foreign.id]);
  });

  it('lists only the project asked for', async () => {
    await publish(lake, publishRows(5));
    const { projectId } = (
      await publish(lake, publishRows(5), publishRequest({ project: { id: uuidOf('p2'), name: 'Two' } }))
    ).version;
    expect(okValue(await lake.versions(projectId)).map((version) => version.projectName)).toEqual(['Two']);
    expect(okValue(await lake.versions(null))).toHaveLength(2);
  });
});

describe('a stored version', () => {
  it('is refused with lake.damaged-version when one byte changed, and mended by publishing the same again', async () => {
    const { version } = await publish(lake, publishRows(5));
    const file = path.join(lake.paths.version(version.id), 'annotations.parquet');
    const bytes = await readFile(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect(await lake.verify(version.id)).toMatchObject({
      ok: false,
      error: { code: 'lake.damaged-version' },
    });
    const again = await publish(lake, publishRows(5));
    expect(again).toEqual({ version, isNew: false });
    expect((await lake.verify(version.id)).ok).toBe(true);
  });

  it('says so when files are missing, longer, or the manifest was edited', async () => {
    const { version } = await publish(lake, publishRows(5));
    const folder = lake.paths.version(version.id);
    await appendFile(path.join(folder, 'images.parquet'), 'x');
    expect(await lake.verify(version.id)).toMatchObject({
      ok: false,
      error: { code: 'lake.damaged-version' },
    });
    await rm(path.join(folder, 'images.parquet'));
    expect(await lake.verify(version.id)).toMatchObject({
      ok: false,
      error: { code: 'lake.damaged-version' },
    });
    await appendFile(path.join(folder, 'manifest.json'), ' ');
    expect(await lake.version(version.id)).toMatchObject({
      ok: false,
      error: { code: 'lake.damaged-version' },
    });
    await rm(folder, { recursive: true });
    expect(await lake.version(version.id)).toMatchObject({
      ok: false,
      error: { code: 'lake.unknown-version' },
    });
  });

  it('is found by a unique beginning of its id', async () => {
    const { version } = await publish(lake, publishRows(5));
    expect(await lake.resolve(version.id.slice(0, 8).toUpperCase())).toEqual({ ok: true, value: version.id });
    expect(await lake.resolve('abc')).toMatchObject({ ok: false, error: { code: 'usage.bad-arguments' } });
    await mkdir(
      lake.paths.version(
        `${version.id.slice(0, 63)}${version.id.endsWith('0') ? '1' : '0'}` as typeof version.id,
      ),
    );
    expect(await lake.resolve(version.id.slice(0, 8))).toMatchObject({
      ok: false,
      error: { code: 'lake.unknown-version' },
    });
  });
});
