import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { version as duckdbVersion } from '@duckdb/node-api';
import { contentIdOf, manifestText } from '../../shared/datasets/manifest';
import { unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { VersionManifest, VersionSummary } from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import { syncCatalogue } from './catalogue';
import { fsyncPath, renameDurably, writeFileDurably } from './durable-files';
import { type LakePaths, LINEAGE_FILE, MANIFEST_FILE, VERSION_FILES } from './lake-paths';
import { discardStaging, type Staging } from './staging';
import { storageError } from './storage-error';
import { type Lineage, listVersionFolders, readVersion, verifyVersion } from './stored-version';
import { type DraftVersion, type WriteProgress, writeDraft } from './write-version';

export interface PublishOutcome {
  readonly version: VersionSummary;
  /** False when the content is that of the project's latest version, which is then what is given back. */
  readonly isNew: boolean;
}

/**
 * Makes the staged rows a version. Order of the steps, under the lake's lock: files written in a scratch folder -> files and
 * folder fsynced -> one rename into `versions/` -> catalogue -> staging dropped. Killed before the rename, the lake
 * is as it was and the staging resumes; killed after it, the version is whole and the catalogue finds it when next
 * opened. Guarded by test/unit/electron/store/lake-kill.test.ts.
 */
export async function finishPublish(
  paths: LakePaths,
  staging: Staging,
  options: {
    readonly now: () => Date;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: WriteProgress) => void;
  },
): Promise<Result<PublishOutcome>> {
  const versions = await syncCatalogue(paths);
  const latest = versions.find((version) => version.projectId === staging.request.project.id) ?? null;
  const written = await writeDraft(paths, staging, latest?.id ?? null, options.signal, options.onProgress);
  if (!written.ok) return written;
  const draft = written.value;
  try {
    const existing = await findExisting(paths, draft, latest?.id ?? null);
    if (existing !== null) {
      await discardStaging(staging);
      return ok({ version: existing, isNew: false });
    }
    await writeLineage(draft, staging, options.now());
    await renameDurably(draft.folder, paths.version(draft.id));
    const listed = (await syncCatalogue(paths)).find((version) => version.id === draft.id);
    await discardStaging(staging);
    if (listed === undefined)
      return err(unexpectedError(`version ${draft.id} is not listed`, 'the catalogue'));
    return ok({ version: listed, isNew: true });
  } catch (thrown) {
    return err(storageError(thrown, 'putting the dataset version in its place', 'lake.write-failed'));
  } finally {
    // Nothing but rubbish can be left in it; the next publish sweeps what cannot be removed now.
    await draft.discard().catch(() => undefined);
  }
}

/**
 * The version that already has this content: the project's latest, or one that was published with the same parent. When its
 * files are damaged they are put right from the draft, which holds the same bytes.
 */
async function findExisting(
  paths: LakePaths,
  draft: DraftVersion,
  latest: Sha256 | null,
): Promise<VersionSummary | null> {
  if (latest !== null) {
    const stored = await readVersion(paths, latest);
    if (stored.ok && contentIdOf(stored.value.manifest) === contentIdOf(draft.manifest)) {
      const verified = await verifyVersion(paths, latest);
      if (!verified.ok) await mendVersion(paths, latest, stored.value.manifest, draft);
      return stored.value.summary;
    }
  }
  if (!(await listVersionFolders(paths)).includes(draft.id)) return null;
  const same = await verifyVersion(paths, draft.id);
  if (same.ok) return same.value.summary;
  await mendVersion(paths, draft.id, draft.manifest, draft);
  const mended = await readVersion(paths, draft.id);
  return mended.ok ? mended.value.summary : null;
}

/** File by file, each in one step: at no moment is there less than there was. */
async function mendVersion(
  paths: LakePaths,
  id: Sha256,
  manifest: VersionManifest,
  draft: DraftVersion,
): Promise<void> {
  const folder = paths.version(id);
  for (const name of VERSION_FILES) {
    const source = path.join(draft.folder, name);
    await fsyncPath(source);
    await rename(source, path.join(folder, name));
  }
  await writeFileDurably(path.join(folder, MANIFEST_FILE), manifestText(manifest));
}

async function writeLineage(draft: DraftVersion, staging: Staging, now: Date): Promise<void> {
  const { images, annotations } = draft.manifest.counts;
  const lineage: Lineage = {
    formatVersion: 1,
    versionId: draft.id,
    publishedAt: now.toISOString(),
    parent: draft.manifest.parent,
    contentKey: staging.contentKey,
    publishId: staging.publishId,
    steps: [
      { step: `stage ${staging.nextBatch} batches`, images, annotations, tool: 'groundmark' },
      { step: 'split by seeded hash', images, annotations, tool: 'groundmark' },
      { step: 'write Parquet', images, annotations, tool: `DuckDB ${duckdbVersion()}` },
    ],
  };
  await writeFile(path.join(draft.folder, LINEAGE_FILE), `${JSON.stringify(lineage, null, 2)}\n`);
}
