import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { summaryOf } from '../../shared/datasets/manifest';
import { sha256OfText } from '../../shared/document/hash';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { VersionManifest, type VersionSummary } from '../../shared/schema/dataset-version';
import { Sha256, Timestamp } from '../../shared/schema/ids';
import { hashFile } from './durable-files';
import { type LakePaths, LINEAGE_FILE, MANIFEST_FILE, VERSION_FILES } from './lake-paths';
import { isMissingFile, storageError } from './storage-error';

/** How a version came to be; beside the manifest, outside of the id. */
export const Lineage = z.object({
  formatVersion: z.literal(1),
  versionId: Sha256,
  publishedAt: Timestamp,
  parent: Sha256.nullable(),
  /** Hash of the project state that was published. */
  contentKey: Sha256,
  publishId: Sha256,
  steps: z.array(
    z.object({ step: z.string(), images: z.number().int(), annotations: z.number().int(), tool: z.string() }),
  ),
});
export type Lineage = z.infer<typeof Lineage>;

export interface StoredVersion {
  readonly summary: VersionSummary;
  readonly manifest: VersionManifest;
  readonly lineage: Lineage | null;
}

/** Ids of the version folders; whether they are whole is for `readVersion` and `verifyVersion` to say. */
export async function listVersionFolders(paths: LakePaths): Promise<readonly Sha256[]> {
  const names = await readdir(paths.versions).catch((thrown) => {
    if (isMissingFile(thrown)) return [];
    throw thrown;
  });
  return names.filter((name) => Sha256.safeParse(name).success).map((name) => Sha256.parse(name));
}

function damaged(id: Sha256, what: string): ReturnType<typeof appError> {
  return appError(
    'lake.damaged-version',
    `Dataset version ${id.slice(0, 12)} is damaged: ${what}. Restore its folder from a copy; publishing the same project state again also makes the same version again.`,
    { versionId: id, what },
  );
}

/** Manifest and lineage of a version; the manifest must hash to the version's id. Data files are not read. */
export async function readVersion(paths: LakePaths, id: Sha256): Promise<Result<StoredVersion>> {
  const folder = paths.version(id);
  let text: string;
  try {
    text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8');
  } catch (thrown) {
    if (!isMissingFile(thrown)) return err(storageError(thrown, 'reading the version', 'file.not-readable'));
    const isThere = (await listVersionFolders(paths)).includes(id);
    if (isThere) return err(damaged(id, `${MANIFEST_FILE} is missing`));
    return err(
      appError(
        'lake.unknown-version',
        `There is no dataset version ${id.slice(0, 12)} in the lake. List the versions to see which there are.`,
        { versionId: id },
      ),
    );
  }
  if (sha256OfText(text) !== id)
    return err(damaged(id, `${MANIFEST_FILE} does not hash to the version's id`));
  const manifest = VersionManifest.safeParse(JSON.parse(text));
  if (!manifest.success) return err(damaged(id, `${MANIFEST_FILE} is not a manifest this release can read`));
  const lineage = await readLineage(folder);
  const publishedAt = lineage?.publishedAt ?? new Date(0).toISOString();
  return ok({ summary: summaryOf(id, manifest.data, publishedAt), manifest: manifest.data, lineage });
}

/** Lineage is a record, not data: without it the version is whole, only its history is unknown. */
async function readLineage(folder: string): Promise<Lineage | null> {
  try {
    return Lineage.parse(JSON.parse(await readFile(path.join(folder, LINEAGE_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Reads every byte of a version and holds it against the manifest. Costs one read of its files. */
export async function verifyVersion(paths: LakePaths, id: Sha256): Promise<Result<StoredVersion>> {
  const stored = await readVersion(paths, id);
  if (!stored.ok) return stored;
  const listed = new Map(stored.value.manifest.files.map((file) => [file.name, file]));
  for (const name of VERSION_FILES) {
    const file = listed.get(name);
    if (file === undefined) return err(damaged(id, `the manifest does not list ${name}`));
    try {
      const found = await hashFile(path.join(paths.version(id), name));
      if (found.byteSize !== file.byteSize) {
        return err(damaged(id, `${name} has ${found.byteSize} bytes instead of ${file.byteSize}`));
      }
      if (found.sha256 !== file.sha256) return err(damaged(id, `the bytes of ${name} have changed`));
    } catch (thrown) {
      if (isMissingFile(thrown)) return err(damaged(id, `${name} is missing`));
      return err(storageError(thrown, `reading ${name}`, 'file.not-readable'));
    }
  }
  return stored;
}
