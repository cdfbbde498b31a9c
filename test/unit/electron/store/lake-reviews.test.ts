import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../../../electron/store/duckdb';
import { type Lake, openLake } from '../../../../electron/store/lake';
import { canonicalJson } from '../../../../shared/document/canonical-json';
import { sha256OfText } from '../../../../shared/document/hash';
import type { PublishReview, PublishRow } from '../../../../shared/ipc/channels/datasets';
import { okValue } from '../../../fixtures/ok-value';
import { AT, contentKeyOf, publishRequest, publishRow } from '../../../fixtures/publish-rows';

const REVIEW = {
  policy: { isReviewed: true, reviewsNeeded: 1 },
  agreement: null,
  quality: null,
  gate: null,
  auditHead: { seq: 12, hash: 'b'.repeat(64) },
};

const NEW: PublishReview = {
  stage: 'annotation',
  state: 'new',
  labeller: null,
  reviewer: null,
  submittedAt: null,
  judgedAt: null,
  verdict: null,
  rounds: 0,
  defects: 0,
  openThreads: 0,
  judgedRevision: null,
  isChangedSince: false,
};
const ACCEPTED: PublishReview = {
  ...NEW,
  stage: 'accepted',
  state: 'accepted',
  labeller: 'Ben',
  reviewer: 'Ann',
  submittedAt: AT,
  judgedAt: AT,
  verdict: 'accepted',
  rounds: 2,
  judgedRevision: 3,
};
const REJECTED: PublishReview = {
  ...ACCEPTED,
  stage: 'annotation',
  state: 'rejected',
  verdict: 'rejected',
  defects: 2,
};

/** Two accepted, of which one was edited since; one rejected; one that nobody looked at. */
const ROWS: readonly PublishRow[] = [
  { ...publishRow(0), review: ACCEPTED },
  { ...publishRow(1), review: { ...ACCEPTED, isChangedSince: true } },
  { ...publishRow(2), review: REJECTED },
  { ...publishRow(3), review: NEW },
];

let home: string;
let lake: Lake;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'groundmark-lake-reviews-'));
  lake = openLake(home, { now: () => new Date(AT) });
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function publish(changes: Record<string, unknown> = {}, rows = ROWS, into = lake) {
  const begun = okValue(
    await into.beginPublish(publishRequest({ review: REVIEW, ...changes }), contentKeyOf(rows)),
  );
  okValue(await begun.append(0, rows));
  return okValue(await begun.finish());
}

async function reviewRows(id: string) {
  const database = await openDatabase({ path: ':memory:', temporaryFolder: home, threads: 1 });
  try {
    return await database.rows(
      z.looseObject({ image_key: z.string() }),
      'SELECT * EXCLUDE (submitted_at, judged_at) FROM read_parquet($1)',
      [path.join(lake.paths.versions, id, 'reviews.parquet')],
    );
  } finally {
    database.close();
  }
}

it('counts in the manifest how far a version was reviewed, and keeps a row an image', async () => {
  const { version } = await publish();
  expect(version.review).toEqual({
    ...REVIEW,
    coverage: { accepted: 2, reviewed: 3, total: 4, changedSince: 1 },
  });
  const { manifest } = okValue(await lake.verify(version.id));
  expect([manifest.formatVersion, manifest.review?.auditHead.seq]).toEqual([3, 12]);
  const rows = await reviewRows(version.id);
  expect(rows).toHaveLength(4);
  expect(rows[1]).toMatchObject({
    image_key: 'day/000001.jpg',
    stage: 'accepted',
    labeller: 'Ben',
    reviewer: 'Ann',
    verdict: 'accepted',
    rounds: 2,
    judged_revision: 3,
    is_changed_since: true,
  });
  expect(rows[2]).toMatchObject({ stage: 'annotation', state: 'rejected', defects: 2, open_threads: 0 });
  expect(rows[3]).toMatchObject({ verdict: null, judged_revision: null, is_changed_since: false });
});

it('leaves out what is not accepted when only accepted images are asked for', async () => {
  const filter = { states: ['labelled', 'confirmedEmpty'], labelIds: [], stages: ['accepted'] };
  const { version } = await publish({ filter });
  expect(version.counts.images).toBe(2);
  expect(version.review?.coverage).toEqual({ accepted: 2, reviewed: 2, total: 2, changedSince: 1 });
  const { manifest } = okValue(await lake.version(version.id));
  expect(manifest.filter.stages).toEqual(['accepted']);
});

it('gives the same id and bytes for the same reviews, and no new version for a longer journal alone', async () => {
  const first = await publish();
  const other = openLake(path.join(home, 'other'), { now: () => new Date(0) });
  const elsewhere = await publish({}, ROWS, other);
  expect(elsewhere.version.id).toBe(first.version.id);
  for (const name of ['manifest.json', 'images.parquet', 'annotations.parquet', 'reviews.parquet']) {
    const [a, b] = await Promise.all(
      [lake, other].map((each) => readFile(path.join(each.paths.version(first.version.id), name))),
    );
    expect(a?.equals(b ?? Buffer.alloc(0)), name).toBe(true);
  }
  const longer = await publish({ review: { ...REVIEW, auditHead: { seq: 40, hash: 'c'.repeat(64) } } });
  expect([longer.isNew, longer.version.id]).toEqual([false, first.version.id]);
  const judged = await publish(
    {},
    ROWS.map((row) => ({ ...row, review: ACCEPTED })),
  );
  expect(judged.isNew).toBe(true);
});

it('reads versions of format 2 as they are, under the same id', async () => {
  const { version } = await publish();
  const folder = lake.paths.version(version.id);
  const { review: _, ...manifest } = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  const text = canonicalJson({ ...manifest, formatVersion: 2 });
  const id = sha256OfText(text);
  await writeFile(path.join(folder, 'manifest.json'), text);
  await rename(folder, lake.paths.version(id));
  const read = okValue(await lake.verify(id));
  expect(read.manifest.formatVersion).toBe(2);
  expect(read.summary).not.toHaveProperty('review');
  expect(okValue(await lake.versions(null)).map((one) => one.id)).toEqual([id]);
  expect(okValue(await lake.contents(id))).toBeDefined();
});
