import path from 'node:path';
import type { Sha256 } from '../../shared/schema/ids';

/** Data files of a version; a manifest lists these with their hashes, in this folder. */
export const VERSION_FILES = ['annotations.parquet', 'images.parquet', 'reviews.parquet'] as const;

export const MANIFEST_FILE = 'manifest.json';
/** How and when the version was made. Not covered by its id, so that the same content has the same id at any time. */
export const LINEAGE_FILE = 'lineage.json';

export interface LakePaths {
  readonly root: string;
  readonly versions: string;
  /** Batches of publishes that are under way, a folder each. */
  readonly staging: string;
  /** Versions being written and scratch databases; whatever is here when nobody holds the lock is rubbish. */
  readonly scratch: string;
  readonly catalogue: string;
  readonly lock: string;
  version(id: Sha256): string;
}

/** @param home the data home, e.g. `~/Groundmark`. */
export function lakePaths(home: string): LakePaths {
  const root = path.join(home, 'lake');
  const versions = path.join(root, 'versions');
  return {
    root,
    versions,
    staging: path.join(root, 'staging'),
    scratch: path.join(root, 'scratch'),
    catalogue: path.join(root, 'catalogue.duckdb'),
    lock: path.join(root, 'lock.duckdb'),
    version: (id) => path.join(versions, id),
  };
}
