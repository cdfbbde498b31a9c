import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../../electron/store/duckdb';
import { type Lake, openLake } from '../../../../electron/store/lake';
import { readPreviousAnnotations } from '../../../../electron/store/previous-annotations';
import { openVersion } from '../../../../electron/store/version-source';
import { canonicalJson } from '../../../../shared/document/canonical-json';
import { PublishRow } from '../../../../shared/ipc/channels/datasets';
import type { Sha256 } from '../../../../shared/schema/ids';
import type { Shape } from '../../../../shared/schema/shapes';
import { okValue } from '../../../fixtures/ok-value';
import {
  contentKeyOf,
  publishRequest,
  publishRow,
  publishRows,
  uuidOf,
} from '../../../fixtures/publish-rows';

/** One of each type, with numbers whose binary and decimal fractions differ. */
const EVERY_SHAPE: readonly Shape[] = [
  { type: 'box', x: 1.1, y: 2.2, width: 3.3, height: 4.4 },
  { type: 'rotated-box', cx: 100.1, cy: 50.7, width: 30, height: 20.3, rotation: -33.3 },
  {
    type: 'polygon',
    parts: [
      {
        exterior: [
          { x: 0, y: 0 },
          { x: 10.1, y: 0 },
          { x: 10.1, y: 10 },
        ],
        holes: [
          [
            { x: 6, y: 1 },
            { x: 9, y: 1 },
            { x: 9, y: 4 },
          ],
        ],
      },
      {
        exterior: [
          { x: 20, y: 0 },
          { x: 30, y: 0 },
          { x: 30, y: 1 / 3 },
        ],
        holes: [],
      },
    ],
  },
  {
    type: 'polyline',
    points: [
      { x: 1.5, y: 2.5 },
      { x: 100.25, y: 50 },
    ],
  },
  { type: 'points', points: [{ x: 0.1, y: 0.2 }] },
  {
    type: 'skeleton',
    joints: [
      { name: 'left “eye”', x: 5, y: 6, visibility: 2 },
      { name: 'nose', x: 0, y: 0, visibility: 0 },
    ],
    edges: [[0, 1]],
  },
  { type: 'ellipse', cx: 40, cy: 41, rx: 4.25, ry: 8.5, rotation: 180 },
  { type: 'mask', x: 4, y: 5, width: 2, height: 2, rle: '01O2' },
  {
    type: 'cuboid',
    front: [
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 9 },
      { x: 0, y: 9 },
    ],
    back: [
      { x: 3, y: 1 },
      { x: 12, y: 1 },
      { x: 12, y: 10 },
      { x: 3, y: 10 },
    ],
  },
  { type: 'tag' },
];

let home: string;
let lake: Lake;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'groundmark-shapes-'));
  lake = openLake(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

function rowWith(shapes: readonly Shape[], more: object = {}): PublishRow {
  const row = publishRow(0);
  const annotations = shapes.map((shape, n) => ({
    ...row.annotations[0],
    id: uuidOf(`of every shape ${n}`),
    shape,
    ...more,
  }));
  return PublishRow.parse({ ...row, annotations });
}

async function publish(rows: readonly PublishRow[]): Promise<Sha256> {
  const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(rows)));
  okValue(await publishing.append(publishing.nextBatch, rows));
  return okValue(await publishing.finish()).version.id;
}

async function shapesOf(id: Sha256): Promise<readonly Shape[]> {
  const { manifest } = okValue(await lake.version(id));
  const version = await openVersion(lake.paths, id, manifest);
  const shapes: Shape[] = [];
  for await (const { annotations } of version.source.annotationsByImage()) {
    shapes.push(...annotations.map(({ shape }) => shape));
  }
  await version.close();
  return shapes;
}

async function previousOf(id: Sha256) {
  const { manifest } = okValue(await lake.version(id));
  const database = await openDatabase({ path: ':memory:', temporaryFolder: home, threads: 1 });
  const byKey = await readPreviousAnnotations(database, lake.paths, id, manifest);
  database.close();
  return [...byKey.values()].flat();
}

/** The version as a release before `geometry` wrote it: without the new columns, as format 1. */
async function asFormat1(id: Sha256): Promise<Sha256> {
  const folder = path.join(home, 'old');
  await cp(lake.paths.version(id), folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const file = path.join(folder, 'annotations.parquet');
  await connection.run(
    `COPY (SELECT * EXCLUDE (geometry, note, group_id) FROM read_parquet('${lake.paths.version(id)}/annotations.parquet')) TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const bytes = await readFile(file);
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  manifest.formatVersion = 1;
  for (const entry of manifest.files) {
    if (entry.name !== 'annotations.parquet') continue;
    entry.byteSize = bytes.byteLength;
    entry.sha256 = createHash('sha256').update(bytes).digest('hex');
  }
  const text = canonicalJson(manifest);
  await writeFile(path.join(folder, 'manifest.json'), text);
  const old = createHash('sha256').update(text).digest('hex') as Sha256;
  await cp(folder, lake.paths.version(old), { recursive: true });
  return old;
}

it('every shape is stored as it was drawn', async () => {
  expect(await shapesOf(await publish([rowWith(EVERY_SHAPE)]))).toEqual(EVERY_SHAPE);
});

it('an annotation comes back whole, with its note and its group', async () => {
  const more = { note: 'behind the tree', groupId: uuidOf('group') };
  const annotations = await previousOf(await publish([rowWith(EVERY_SHAPE, more)]));
  expect(annotations.map(({ shape }) => shape)).toEqual(EVERY_SHAPE);
  for (const annotation of annotations) expect(annotation).toMatchObject(more);
});

it('a hole that moves inside the same bounds is a difference, and so is a note', async () => {
  const before = await publish([rowWith(EVERY_SHAPE)]);
  const after = await publish([
    rowWith(
      EVERY_SHAPE.map((shape): Shape => {
        if (shape.type !== 'polygon') return shape;
        const [first, ...rest] = shape.parts;
        if (first === undefined) throw new Error('the polygon has parts');
        const holes = [
          [
            { x: 6, y: 1 },
            { x: 9, y: 1 },
            { x: 9, y: 3 },
          ],
        ];
        return { type: 'polygon', parts: [{ exterior: first.exterior, holes }, ...rest] };
      }),
      { note: 'seen' },
    ),
  ]);
  const diff = okValue(await lake.diff(before, after));
  expect(diff.annotations).toMatchObject({
    added: 0,
    removed: 0,
    moved: 1,
    attributesChanged: EVERY_SHAPE.length,
  });
  expect(diff.samples.find(({ kind }) => kind === 'moved')?.description).toBe(
    'car 30 × 10 at 0, 0 has another outline',
  );
});

it('a version of format 1 is verified, read, compared and carried on as before', async () => {
  const rows = publishRows(6);
  const today = await publish(rows);
  const old = await asFormat1(today);
  okValue(await lake.verify(old));
  expect(await shapesOf(old)).toEqual(await shapesOf(today));
  expect(await previousOf(old)).toEqual(await previousOf(today));
  const diff = okValue(await lake.diff(old, today));
  expect(diff.annotations).toMatchObject({
    added: 0,
    removed: 0,
    moved: 0,
    relabelled: 0,
    attributesChanged: 0,
  });
  expect(diff.annotations.unchanged).toBeGreaterThan(0);
});
