import Dexie, { type Table } from 'dexie';
import { type AppError, appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { Activity } from '../../shared/schema/activity';
import type { ChangeId, ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { RecordKind } from '../../shared/schema/project-records';
import { guarded, Refusal } from './database-error';
import type {
  StoredBackupMark,
  StoredChange,
  StoredHead,
  StoredImage,
  StoredImageHash,
  StoredImagePage,
  StoredImportedPage,
  StoredLabelImport,
  StoredLayer,
  StoredPage,
  StoredProblem,
  StoredProject,
  StoredRecord,
  StoredReview,
  StoredScan,
  StoredSet,
} from './stored-records';
import { DATABASE_VERSIONS, LATEST_DATABASE_VERSION } from './versions';

export const DATABASE_NAME = 'groundmark';

/** Dexie multiplies its version numbers by this to get IndexedDB's own. */
const NATIVE_VERSIONS_PER_VERSION = 10;

/** The store of record. Every transaction waits until the disk has it (`strict`): "saved" is said after that only. */
export class GroundmarkDatabase extends Dexie {
  declare readonly projects: Table<StoredProject, ProjectId>;
  declare readonly heads: Table<StoredHead, ProjectId>;
  declare readonly images: Table<StoredImage, [ProjectId, number]>;
  declare readonly imagePages: Table<StoredImagePage, [ProjectId, number]>;
  declare readonly importedPages: Table<StoredImportedPage, [ProjectId, number]>;
  declare readonly annotationSets: Table<StoredSet, ImageId>;
  declare readonly annotationPages: Table<StoredPage, [ImageId, number]>;
  declare readonly changes: Table<StoredChange, number>;
  declare readonly labelImports: Table<StoredLabelImport, [ProjectId, ChangeId]>;
  declare readonly scans: Table<StoredScan, [ProjectId, SourceId]>;
  declare readonly problems: Table<StoredProblem, [ProjectId, SourceId, string]>;
  declare readonly reviews: Table<StoredReview, [ProjectId, number]>;
  declare readonly layers: Table<StoredLayer, ImageId>;
  declare readonly records: Table<StoredRecord, [ProjectId, RecordKind, string]>;
  declare readonly imageHashes: Table<StoredImageHash, ImageId>;
  declare readonly activity: Table<Activity, [ProjectId, string, string, ImageId]>;
  declare readonly backupMarks: Table<StoredBackupMark, ProjectId>;

  /** The attempt under way, so that work that starts together does not undo each other's opening. */
  #opening: Promise<void> | null = null;

  constructor(name: string) {
    // Reads are never answered from a cache that another window's commit could make stale.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    for (const { number, stores, upgrade } of DATABASE_VERSIONS) {
      const version = this.version(number).stores({ ...stores });
      if (upgrade !== undefined) version.upgrade(upgrade);
    }
  }

  /** Opens the database if it is not open. Throws what Dexie throws, or a refusal when a newer version wrote it. */
  ensureOpen(): Promise<void> {
    if (this.isOpen()) return Promise.resolve();
    this.#opening ??= this.#openChecked().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openChecked(): Promise<void> {
    // Dexie keeps the failure of an earlier attempt and would give it again.
    this.close({ disableAutoOpen: false });
    await this.open();
    // Dexie opens a newer database as it is; its records may have a form that this version would write wrongly.
    const stored = this.backendDB().version / NATIVE_VERSIONS_PER_VERSION;
    if (stored > LATEST_DATABASE_VERSION) {
      this.close();
      throw new Refusal(newerVersion(stored));
    }
  }
}

/**
 * Opens the database, making or upgrading it as needed.
 * Errors: `database.newer-version` when a later Groundmark wrote it, `database.quota`, `database.unavailable`.
 */
export async function openDatabase(name: string = DATABASE_NAME): Promise<Result<GroundmarkDatabase>> {
  const db = new GroundmarkDatabase(name);
  return guarded(db, 'opening the database', async () => db);
}

function newerVersion(stored: number): AppError {
  return appError(
    'database.newer-version',
    'Your projects were last opened by a newer Groundmark, and this older one could damage them. Nothing was changed: install the newer version again, or restore a backup made by this version.',
    { stored, known: LATEST_DATABASE_VERSION },
  );
}
