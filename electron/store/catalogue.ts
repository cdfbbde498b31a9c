import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { VersionSummary } from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import { type Database, openDatabase } from './duckdb';
import type { LakePaths } from './lake-paths';
import { listVersionFolders, readVersion, type StoredVersion } from './stored-version';

const CREATE_TABLES = `
  CREATE TABLE IF NOT EXISTS versions (
    id VARCHAR PRIMARY KEY, project_id VARCHAR, project_name VARCHAR, published_at TIMESTAMPTZ, author VARCHAR,
    message VARCHAR, parent VARCHAR, images BIGINT, annotations BIGINT, byte_size BIGINT, summary VARCHAR, manifest VARCHAR
  );
  CREATE TABLE IF NOT EXISTS version_files (version_id VARCHAR, name VARCHAR, byte_size BIGINT, sha256 VARCHAR);`;

/**
 * Brings the catalogue in line with the version folders and lists it, newest first. The folders are the truth: what the
 * catalogue lacks is read from them, what they lack is taken out, and a catalogue that cannot be opened is made anew.
 * Call it under the lake's lock only.
 */
export async function syncCatalogue(paths: LakePaths): Promise<readonly VersionSummary[]> {
  try {
    return await syncOnce(paths);
  } catch {
    // Only an index: whatever is wrong with it, making it anew from the folders is the mend. A second failure is real.
    await rm(paths.catalogue, { force: true });
    await rm(`${paths.catalogue}.wal`, { force: true });
    return await syncOnce(paths);
  }
}

async function syncOnce(paths: LakePaths): Promise<readonly VersionSummary[]> {
  const folders = await listVersionFolders(paths);
  const database = await openDatabase({
    path: paths.catalogue,
    temporaryFolder: path.join(paths.scratch, 'catalogue'),
    threads: 1,
    memoryLimit: '128MB',
  });
  try {
    await database.run(CREATE_TABLES);
    const known = new Set(
      (await database.rows(z.object({ id: z.string() }), 'SELECT id FROM versions')).map((row) => row.id),
    );
    const present = new Set<string>(folders);
    for (const id of known) if (!present.has(id)) await removeVersion(database, id);
    for (const id of folders) {
      if (known.has(id)) continue;
      const stored = await readVersion(paths, id);
      // A damaged version is not listed; opening it by its id says what is wrong with it.
      if (stored.ok) await addVersion(database, id, stored.value);
    }
    const rows = await database.rows(
      z.object({ summary: z.string() }),
      'SELECT summary FROM versions ORDER BY published_at DESC, id',
    );
    return rows.map((row) => VersionSummary.parse(JSON.parse(row.summary)));
  } finally {
    database.close();
  }
}

async function removeVersion(database: Database, id: string): Promise<void> {
  await database.run('DELETE FROM versions WHERE id = $1', [id]);
  await database.run('DELETE FROM version_files WHERE version_id = $1', [id]);
}

async function addVersion(database: Database, id: Sha256, stored: StoredVersion): Promise<void> {
  const { summary, manifest } = stored;
  await database.run('BEGIN');
  await database.run(
    `INSERT INTO versions VALUES ($1, $2, $3, $4::TIMESTAMPTZ, $5, $6, $7, $8::BIGINT, $9::BIGINT, $10::BIGINT, $11, $12)`,
    [
      id,
      summary.projectId,
      summary.projectName,
      summary.publishedAt,
      summary.author,
      summary.message,
      summary.parent,
      summary.counts.images,
      summary.counts.annotations,
      summary.byteSize,
      JSON.stringify(summary),
      JSON.stringify(manifest),
    ],
  );
  for (const file of manifest.files) {
    await database.run('INSERT INTO version_files VALUES ($1, $2, $3::BIGINT, $4)', [
      id,
      file.name,
      file.byteSize,
      file.sha256,
    ]);
  }
  await database.run('COMMIT');
}

/** The same list straight from the folders, for when another process holds the lock. */
export async function listFromFolders(paths: LakePaths): Promise<readonly VersionSummary[]> {
  const summaries: VersionSummary[] = [];
  for (const id of await listVersionFolders(paths)) {
    const stored = await readVersion(paths, id);
    if (stored.ok) summaries.push(stored.value.summary);
  }
  return summaries.sort((a, b) =>
    a.publishedAt === b.publishedAt ? (a.id < b.id ? -1 : 1) : a.publishedAt < b.publishedAt ? 1 : -1,
  );
}
