import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listValue } from '@duckdb/node-api';
import { z } from 'zod';
import type { SplitSubject } from '../../shared/datasets/image-groups';
import { buildManifest, manifestText, versionIdOf } from '../../shared/datasets/manifest';
import { assignSplits } from '../../shared/datasets/split';
import { imageRoots, type VersionSource } from '../../shared/formats/parts/image-roots';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import {
  ReviewCoverage,
  SPLITS,
  type VersionCounts,
  type VersionManifest,
} from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import { type Database, openDatabase } from './duckdb';
import { hashFile } from './durable-files';
import { type LakePaths, MANIFEST_FILE, VERSION_FILES } from './lake-paths';
import { type Staging, stagedFiles } from './staging';
import { storageError } from './storage-error';
import * as sql from './version-sql';

/** A version that is written in full but has no place among the versions yet. */
export interface DraftVersion {
  readonly id: Sha256;
  readonly manifest: VersionManifest;
  readonly folder: string;
  discard(): Promise<void>;
}

export interface WriteProgress {
  readonly step: 'reading' | 'splitting' | 'writing' | 'hashing';
  readonly images: number;
  readonly annotations: number;
}

/**
 * Turns what is staged into the files of a version, in a scratch folder. The same rows give the same bytes with the same
 * DuckDB (its release stands in every Parquet file): one thread, total orders, no times.
 * Memory: DuckDB's limit plus one record an image while splits are dealt.
 */
export async function writeDraft(
  paths: LakePaths,
  staging: Staging,
  parent: Sha256 | null,
  signal: AbortSignal,
  onProgress: (progress: WriteProgress) => void,
): Promise<Result<DraftVersion>> {
  const scratch = path.join(paths.scratch, randomUUID());
  const folder = path.join(scratch, 'version');
  const discard = () => rm(scratch, { recursive: true, force: true });
  let database: Database | null = null;
  const interrupt = () => database?.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    await mkdir(folder, { recursive: true });
    database = await openDatabase({
      path: path.join(scratch, 'work.duckdb'),
      temporaryFolder: path.join(scratch, 'spill'),
      threads: 1,
    });
    const draft = await fill(database, staging, folder, parent, signal, onProgress);
    database.close();
    database = null;
    if (!draft.ok) {
      await discard();
      return draft;
    }
    const id = versionIdOf(draft.value);
    await writeFile(path.join(folder, MANIFEST_FILE), manifestText(draft.value));
    return ok({ id, manifest: draft.value, folder, discard });
  } catch (thrown) {
    database?.close();
    // The draft is worth nothing by now; a failure to remove it must not hide why it failed.
    await discard().catch(() => undefined);
    if (signal.aborted) return err(appError('job.cancelled', 'The publish was cancelled.'));
    return err(storageError(thrown, 'writing the dataset version', 'lake.write-failed'));
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

async function fill(
  database: Database,
  staging: Staging,
  folder: string,
  parent: Sha256 | null,
  signal: AbortSignal,
  onProgress: (progress: WriteProgress) => void,
): Promise<Result<VersionManifest>> {
  const files = stagedFiles(staging);
  const totals = { images: 0, annotations: 0 };
  onProgress({ step: 'reading', ...totals });
  if (files.images.length > 0) {
    await database.run(sql.LOAD_IMAGES, [listValue([...files.images])]);
    await database.run(sql.LOAD_ANNOTATIONS, [listValue([...files.annotations])]);
    totals.images = await countOf(database, 'staged_images');
    totals.annotations = await countOf(database, 'staged_annotations');
  }
  if (totals.images === 0) {
    return err(
      appError(
        'lake.nothing-to-publish',
        'No image passes the filter, so there is nothing to publish. Widen the filter, or label some images first.',
      ),
    );
  }

  signal.throwIfAborted();
  onProgress({ step: 'splitting', ...totals });
  const sources = await addRootsAndSplits(database, staging);
  await database.run(sql.CREATE_IMAGES);
  const [duplicate] = await database.rows(z.object({ imageKey: z.string() }), sql.COUNT_DUPLICATE_KEYS);
  if (duplicate !== undefined) {
    return err(
      appError(
        'lake.write-failed',
        `Two images of the project have the same place in the dataset: ${duplicate.imageKey}. Remove one of them, then publish again.`,
        { key: duplicate.imageKey },
      ),
    );
  }

  signal.throwIfAborted();
  onProgress({ step: 'writing', ...totals });
  const target = (name: (typeof VERSION_FILES)[number]) => path.join(folder, name);
  await database.run(sql.COPY_IMAGES, [target('images.parquet')]);
  await database.run(sql.COPY_ANNOTATIONS, [target('annotations.parquet')]);
  await database.run(sql.COPY_REVIEWS, [target('reviews.parquet')]);

  signal.throwIfAborted();
  onProgress({ step: 'hashing', ...totals });
  const hashed = [];
  for (const name of VERSION_FILES) hashed.push({ name, ...(await hashFile(target(name), signal)) });
  const counts = await countVersion(database, totals);
  const [coverage] = await database.rows(ReviewCoverage, sql.COUNT_COVERAGE);
  if (coverage === undefined) throw new Error('counting gave no row');
  return ok(buildManifest({ request: staging.request, sources, counts, files: hashed, parent, coverage }));
}

const Subject = z.object({
  imageId: z.string(),
  sourceName: z.string(),
  sourceKey: z.string(),
  contentHash: z.string(),
  labels: z.array(z.object({ class: z.number(), count: z.number() })),
});

async function addRootsAndSplits(database: Database, staging: Staging): Promise<readonly VersionSource[]> {
  const sources = await database.rows(
    z.object({ id: z.string(), displayName: z.string() }),
    sql.SELECT_SOURCES,
  );
  await database.run(sql.CREATE_ROOTS);
  const roots = await database.appender('roots');
  for (const [sourceId, root] of imageRoots(sources)) {
    roots.appendVarchar(sourceId);
    roots.appendVarchar(root);
    roots.endRow();
  }
  roots.closeSync();

  const subjects: SplitSubject[] = [];
  for await (const rows of database.chunks(Subject, sql.SELECT_SUBJECTS)) {
    for (const row of rows) {
      const lastSlash = row.sourceKey.lastIndexOf('/');
      subjects.push({
        imageId: row.imageId,
        folder: lastSlash < 0 ? row.sourceName : `${row.sourceName}/${row.sourceKey.slice(0, lastSlash)}`,
        contentHash: row.contentHash,
        labelCounts: new Map(row.labels.map((label) => [label.class, label.count])),
      });
    }
  }
  await database.run(sql.CREATE_SPLITS);
  const splits = await database.appender('splits');
  for (const [imageId, assignment] of assignSplits(subjects, staging.request.splitRule)) {
    splits.appendVarchar(imageId);
    splits.appendVarchar(assignment.split);
    splits.appendVarchar(assignment.groupKey);
    splits.endRow();
  }
  splits.closeSync();
  return sources;
}

const Count = z.object({ key: z.string(), n: z.number() });

async function countOf(database: Database, table: 'staged_images' | 'staged_annotations'): Promise<number> {
  const [row] = await database.rows(z.object({ n: z.number() }), `SELECT count(*) AS n FROM ${table}`);
  return row?.n ?? 0;
}

async function countVersion(
  database: Database,
  totals: { readonly images: number; readonly annotations: number },
): Promise<VersionCounts> {
  const bySplit = new Map((await database.rows(Count, sql.COUNT_BY_SPLIT)).map(({ key, n }) => [key, n]));
  const byLabel = await database.rows(Count, sql.COUNT_BY_LABEL);
  const [train, val, test] = SPLITS.map((split) => bySplit.get(split) ?? 0);
  return {
    ...totals,
    bySplit: { train: train ?? 0, val: val ?? 0, test: test ?? 0 },
    byLabel: Object.fromEntries(byLabel.map(({ key, n }) => [key, n])),
  };
}
