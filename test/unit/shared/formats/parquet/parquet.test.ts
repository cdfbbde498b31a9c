import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { parquet } from '../../../../../shared/formats/parquet/parquet';
import { zstdContentSize } from '../../../../../shared/formats/parts/parquet/decompress';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const scratch = mkdtempSync(path.join(tmpdir(), 'groundmark-parquet-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function sql(...statements: readonly string[]) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  let rows: readonly unknown[] = [];
  for (const statement of statements) rows = (await connection.runAndReadAll(statement)).getRowObjectsJson();
  connection.closeSync();
  return rows;
}

const image = (key: string) =>
  ({ key, size: { width: 20, height: 10 }, split: 'val', state: 'labelled' }) as const;
const annotation = (imageKey: string, shape: DatasetAnnotation['shape']): DatasetAnnotation => ({
  imageKey,
  classIndex: 7,
  shape,
  isCrowd: false,
  attributes: { 'a "b"': 'ü', n: 0.1 },
  score: 0.25,
});

async function written(images: number) {
  const sink = memorySink();
  okValue(
    await parquet.write(
      memorySource({
        labels: [{ classIndex: 7, name: 'car', supercategory: null, color: '#010203' }],
        images: Array.from({ length: images }, (_, at) => ({
          image: image(`${at}.jpg`),
          annotations: [
            annotation(`${at}.jpg`, { type: 'box', x: 0.1 + at, y: 2, width: 3, height: 4 }),
            annotation(`${at}.jpg`, { type: 'points', points: [{ x: at, y: 1 }] }),
          ],
        })),
      }),
      sink,
    ),
  );
  return sink.files as ReadonlyMap<string, Uint8Array>;
}

describe('tables that DuckDB reads and writes', () => {
  it('hold boxes in columns and other shapes as JSON', async () => {
    const file = path.join(scratch, 'annotations.parquet');
    writeFileSync(file, (await written(2)).get('annotations.parquet') ?? new Uint8Array());
    expect(
      await sql(
        `SELECT image_key, ordinal, class_index, label_name, shape_type, x, width, score, is_crowd, note, geometry->>'type' AS kind, attributes->>'n' AS n FROM '${file}' ORDER BY image_key, ordinal`,
      ),
    ).toMatchObject([
      {
        image_key: '0.jpg',
        ordinal: 0,
        class_index: 7,
        label_name: 'car',
        shape_type: 'box',
        x: 0.1,
        width: 3,
        score: 0.25,
        is_crowd: false,
        note: null,
        kind: null,
        n: '0.1',
      },
      { image_key: '0.jpg', ordinal: 1, shape_type: 'points', x: 0, kind: 'points' },
      { image_key: '1.jpg', ordinal: 0, shape_type: 'box', x: 1.1 },
      { image_key: '1.jpg', ordinal: 1, shape_type: 'points' },
    ]);
  });

  it.each(['zstd', 'snappy', 'gzip', 'uncompressed', 'lz4_raw', 'brotli'])(
    'come back from %s',
    async (codec) => {
      const [images, annotations] = ['images', 'annotations'].map((name) =>
        path.join(scratch, `${name}-${codec}.parquet`),
      );
      await sql(
        `COPY (SELECT range || '.jpg' AS image_key, 20::INTEGER AS width, 10::BIGINT AS height, 'labelled' AS state FROM range(3000) ORDER BY range) TO '${images}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`,
        `COPY (SELECT range || '.jpg' AS image_key, 0 AS ordinal, 4 AS class_index, 'car' AS label_name, 'box' AS shape_type, range::DOUBLE AS x, 0.0::DOUBLE AS y, 1.0::DOUBLE AS width, 2.0::DOUBLE AS height FROM range(3000) ORDER BY range) TO '${annotations}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`,
      );
      const read = await collected(
        parquet.read(
          memoryFolder(
            new Map([
              ['images.parquet', readFileSync(images ?? '')],
              ['annotations.parquet', readFileSync(annotations ?? '')],
            ]),
          ),
        ),
      );
      expect(read.problems).toEqual([]);
      expect([read.images.length, read.annotations.length]).toEqual([3000, 3000]);
      expect(read.labels).toEqual([{ classIndex: 4, name: 'car', supercategory: null }]);
      expect(read.annotations[2999]).toMatchObject({
        imageKey: '2999.jpg',
        shape: { type: 'box', x: 2999, y: 0, width: 1, height: 2 },
      });
    },
  );
});

describe('damaged tables', () => {
  const codes = async (files: ReadonlyMap<string, Uint8Array | string>) =>
    (await collected(parquet.read(memoryFolder(files)))).problems.map((problem) => problem.code);

  it('that are cut off, no Parquet, or of other columns say so', async () => {
    const files = await written(3);
    const withTable = (name: string, content: Uint8Array | string) =>
      codes(new Map([...files, [name, content]]));
    const whole = files.get('annotations.parquet') ?? new Uint8Array();
    expect(await codes(files)).toEqual([]);
    expect(await withTable('annotations.parquet', whole.subarray(0, whole.length - 20))).toEqual([
      'parquet-damaged',
    ]);
    expect(await withTable('images.parquet', 'PAR1 but no more')).toEqual(['parquet-damaged']);
    expect(await withTable('images.parquet', '')).toEqual(['parquet-damaged']);
    expect(await withTable('images.parquet', files.get('labels.parquet') ?? '')).toEqual(['parquet-damaged']);
    expect(await withTable('labels.parquet', 'x')).toEqual(['parquet-damaged']);
    // A page in the middle is overwritten; the footer is whole.
    const torn = whole.slice();
    torn.fill(0xff, 4, 60);
    expect(await withTable('annotations.parquet', torn)).toContain('parquet-damaged');
  });
});

describe('the header of a Zstandard frame', () => {
  it('gives the size of its content in 1, 2, 4 or 8 bytes, or none', () => {
    // By RFC 8878: magic number, descriptor (bits 6 and 7 size, 5 single segment), window unless single, size.
    const magic = [0x28, 0xb5, 0x2f, 0xfd];
    expect(zstdContentSize(Uint8Array.from([...magic, 0x20, 77]))).toBe(77);
    expect(zstdContentSize(Uint8Array.from([...magic, 0x60, 1, 1]))).toBe(257 + 256);
    expect(zstdContentSize(Uint8Array.from([...magic, 0x80, 0, 0, 0, 1, 0]))).toBe(65_536);
    expect(zstdContentSize(Uint8Array.from([...magic, 0xe0, 5, 0, 0, 0, 0, 0, 0, 0]))).toBe(5);
    expect(zstdContentSize(Uint8Array.from([...magic, 0x00, 0, 0]))).toBeNull();
    expect(zstdContentSize(Uint8Array.from([1, 2, 3, 4, 5]))).toBeNull();
  });
});
