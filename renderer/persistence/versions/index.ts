import type { Transaction } from 'dexie';
import { version1 } from './version-1';
import { version2 } from './version-2';
import { version3 } from './version-3';

/** One step of the database's form. `stores` lists only what changed; `upgrade` moves what is stored, in one transaction. */
export interface DatabaseVersion {
  readonly number: number;
  readonly stores: Readonly<Record<string, string | null>>;
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

/** Numbered 1, 2, 3, … without gaps. */
export const DATABASE_VERSIONS: readonly DatabaseVersion[] = [version1, version2, version3];

export const LATEST_DATABASE_VERSION = DATABASE_VERSIONS.length;
