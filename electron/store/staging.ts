import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { publishIdOf } from '../../shared/datasets/manifest';
import type { VersionRows } from '../../shared/datasets/version-rows';
import { canonicalJson } from '../../shared/document/canonical-json';
import { PublishRequest } from '../../shared/ipc/channels/datasets';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { type ProjectId, Sha256 } from '../../shared/schema/ids';
import { fsyncPath, writeFileDurably } from './durable-files';
import type { LakePaths } from './lake-paths';
import { storageError } from './storage-error';

const REQUEST_FILE = 'request.json';
const IMAGES_SUFFIX = '.images.jsonl';
const ANNOTATIONS_SUFFIX = '.annotations.jsonl';
/** Staged batches of a publish that nobody came back to are dropped after this long. */
const KEPT_FOR_MS = 14 * 24 * 60 * 60 * 1000;

const StagedRequest = z.object({ request: PublishRequest, contentKey: Sha256 });

/** A publish under way: its batches lie on disk, so it outlives the process. */
export interface Staging {
  readonly publishId: Sha256;
  readonly folder: string;
  readonly request: PublishRequest;
  readonly contentKey: Sha256;
  /** The first batch that is not staged yet. */
  readonly nextBatch: number;
}

/**
 * Begins a publish, or finds again what an earlier, cut-off one with the same request and content staged.
 * The asker must cut the same rows into the same batches each time.
 */
export async function beginStaging(
  paths: LakePaths,
  request: PublishRequest,
  contentKey: Sha256,
): Promise<Result<Staging>> {
  const publishId = publishIdOf(request, contentKey);
  const folder = path.join(paths.staging, publishId);
  try {
    await mkdir(folder, { recursive: true });
    const existing = await readStaged(folder);
    if (existing === null) {
      await writeFileDurably(path.join(folder, REQUEST_FILE), canonicalJson({ request, contentKey }));
      await fsyncPath(paths.staging);
    }
    return ok({ publishId, folder, request, contentKey, nextBatch: await nextBatch(folder) });
  } catch (thrown) {
    return err(storageError(thrown, 'preparing the publish', 'lake.write-failed'));
  }
}

async function readStaged(folder: string): Promise<z.infer<typeof StagedRequest> | null> {
  try {
    return StagedRequest.parse(JSON.parse(await readFile(path.join(folder, REQUEST_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Stages one batch; when this returns it survives a power cut. A batch that is there already is left as it is.
 * @param rows nulls are images that the filter left out.
 */
export async function stageBatch(
  staging: Staging,
  batch: number,
  rows: readonly VersionRows[],
): Promise<Result<Staging>> {
  if (batch < staging.nextBatch) return ok(staging);
  if (batch > staging.nextBatch) {
    return err(
      appError(
        'usage.bad-arguments',
        `Batch ${batch} of the publish came before batch ${staging.nextBatch}. Begin the publish again.`,
        { batch, expected: staging.nextBatch },
      ),
    );
  }
  const name = path.join(staging.folder, String(batch).padStart(8, '0'));
  try {
    // The images file is written last: it says that the batch is complete.
    await writeFileDurably(`${name}${ANNOTATIONS_SUFFIX}`, jsonLines(rows.flatMap((row) => row.annotations)));
    await writeFileDurably(`${name}${IMAGES_SUFFIX}`, jsonLines(rows.map((row) => row.image)));
    return ok({ ...staging, nextBatch: batch + 1 });
  } catch (thrown) {
    return err(storageError(thrown, 'staging the rows of the publish', 'lake.write-failed'));
  }
}

function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function nextBatch(folder: string): Promise<number> {
  const numbers = new Set(
    (await readdir(folder))
      .filter((name) => name.endsWith(IMAGES_SUFFIX))
      .map((name) => Number.parseInt(name, 10)),
  );
  let next = 0;
  while (numbers.has(next)) next += 1;
  return next;
}

/** Paths of the complete batches in order. */
export function stagedFiles(staging: Staging): {
  readonly images: readonly string[];
  readonly annotations: readonly string[];
} {
  const names = Array.from({ length: staging.nextBatch }, (_, batch) =>
    path.join(staging.folder, String(batch).padStart(8, '0')),
  );
  return {
    images: names.map((name) => `${name}${IMAGES_SUFFIX}`),
    annotations: names.map((name) => `${name}${ANNOTATIONS_SUFFIX}`),
  };
}

export async function discardStaging(staging: Staging): Promise<void> {
  await rm(staging.folder, { recursive: true, force: true });
}

/** The newest publish of a project that was begun and not ended, as it was asked for. */
export async function unfinishedRequest(
  paths: LakePaths,
  projectId: ProjectId,
): Promise<PublishRequest | null> {
  const [newest] = (await stagingsOf(paths, projectId)).sort((a, b) => b.touchedAtMs - a.touchedAtMs);
  return newest?.request ?? null;
}

export async function discardStagingsOf(paths: LakePaths, projectId: ProjectId): Promise<void> {
  for (const { folder } of await stagingsOf(paths, projectId))
    await rm(folder, { recursive: true, force: true });
}

async function stagingsOf(paths: LakePaths, projectId: ProjectId) {
  const found: { readonly folder: string; readonly request: PublishRequest; readonly touchedAtMs: number }[] =
    [];
  for (const name of await readdir(paths.staging).catch(() => [])) {
    const folder = path.join(paths.staging, name);
    const staged = await readStaged(folder);
    if (staged?.request.project.id !== projectId) continue;
    const status = await stat(folder).catch(() => null);
    if (status !== null) found.push({ folder, request: staged.request, touchedAtMs: status.mtimeMs });
  }
  return found;
}

/** Drops what cut-off publishes left long ago. */
export async function discardOldStagings(paths: LakePaths, now: Date): Promise<void> {
  const names = await readdir(paths.staging).catch(() => []);
  for (const name of names) {
    const folder = path.join(paths.staging, name);
    const status = await stat(folder).catch(() => null);
    if (status !== null && now.getTime() - status.mtimeMs > KEPT_FOR_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
