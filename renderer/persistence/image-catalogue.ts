import Dexie from 'dexie';
import type { ImageId, ProjectId, Sha256, SourceId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { flagMark, type StoredCatalogueChunk } from './stored-records';

/** 256 keys with their hashes are about 38 KB: below the size from which Chromium keeps a value in a file of its own. */
export const IMAGES_PER_CHUNK = 256;

export interface CatalogueEntry {
  readonly id: ImageId;
  readonly sourceId: SourceId;
  readonly key: string;
  readonly contentHash: Sha256;
}

/**
 * What an import must know of the images that are there: all keys and hashes in memory (100,000 take about 25 MB and
 * half a second to read once an import), so that a batch costs no look-up per file. True for one revision only.
 */
export class ImageCatalogue {
  readonly #entries: CatalogueEntry[] = [];
  readonly #ordinalByKey = new Map<string, number>();
  readonly #ordinalsByHash = new Map<Sha256, number[]>();
  readonly #missing: Set<number>;
  readonly #touchedChunks = new Set<number>();

  private constructor(
    readonly projectId: ProjectId,
    public revision: number,
    missing: Iterable<number>,
  ) {
    this.#missing = new Set(missing);
  }

  /** Inside a transaction that holds catalogue and images. */
  static async read(db: GroundmarkDatabase, projectId: ProjectId, revision: number): Promise<ImageCatalogue> {
    const [chunks, missing] = await Promise.all([
      readChunks(db, projectId),
      db.images.where('marks').equals(flagMark(projectId, 'missing')).primaryKeys(),
    ]);
    const catalogue = new ImageCatalogue(
      projectId,
      revision,
      missing.map(([, ordinal]) => ordinal),
    );
    for (const chunk of chunks) for (const entry of entriesOf(chunk)) catalogue.#index(entry);
    return catalogue;
  }

  get size(): number {
    return this.#entries.length;
  }

  ordinalOf(sourceId: SourceId, key: string): number | null {
    return this.#ordinalByKey.get(`${sourceId}/${key}`) ?? null;
  }

  entry(ordinal: number): CatalogueEntry | null {
    return this.#entries[ordinal] ?? null;
  }

  /** The first image with these bytes. */
  firstWithHash(hash: Sha256): number | null {
    return this.#ordinalsByHash.get(hash)?.[0] ?? null;
  }

  missingWithHash(hash: Sha256): number | null {
    return this.#ordinalsByHash.get(hash)?.find((ordinal) => this.#missing.has(ordinal)) ?? null;
  }

  isMissing(ordinal: number): boolean {
    return this.#missing.has(ordinal);
  }

  /** Appends an image and gives its ordinal. */
  add(entry: CatalogueEntry): number {
    this.#touchedChunks.add(Math.floor(this.#entries.length / IMAGES_PER_CHUNK));
    return this.#index(entry);
  }

  /** The file of an image is there, under this key and with these bytes. */
  refresh(ordinal: number, entry: CatalogueEntry): void {
    const before = this.#entries[ordinal];
    if (before === undefined) return;
    this.#touchedChunks.add(Math.floor(ordinal / IMAGES_PER_CHUNK));
    this.#ordinalByKey.delete(`${before.sourceId}/${before.key}`);
    this.#ordinalByKey.set(`${entry.sourceId}/${entry.key}`, ordinal);
    if (before.contentHash !== entry.contentHash) {
      const others = (this.#ordinalsByHash.get(before.contentHash) ?? []).filter(
        (other) => other !== ordinal,
      );
      this.#ordinalsByHash.set(before.contentHash, others);
      this.#ordinalsByHash.set(entry.contentHash, [
        ...(this.#ordinalsByHash.get(entry.contentHash) ?? []),
        ordinal,
      ]);
    }
    this.#entries[ordinal] = entry;
    this.#missing.delete(ordinal);
  }

  /** The stored form of every chunk that changed since the last call. */
  takeTouchedChunks(): readonly StoredCatalogueChunk[] {
    const chunks = [...this.#touchedChunks].map((chunk) =>
      chunkOf(
        this.projectId,
        chunk,
        this.#entries.slice(chunk * IMAGES_PER_CHUNK, (chunk + 1) * IMAGES_PER_CHUNK),
      ),
    );
    this.#touchedChunks.clear();
    return chunks;
  }

  #index(entry: CatalogueEntry): number {
    const ordinal = this.#entries.length;
    this.#entries.push(entry);
    this.#ordinalByKey.set(`${entry.sourceId}/${entry.key}`, ordinal);
    const sameBytes = this.#ordinalsByHash.get(entry.contentHash);
    if (sameBytes === undefined) this.#ordinalsByHash.set(entry.contentHash, [ordinal]);
    else sameBytes.push(ordinal);
    return ordinal;
  }
}

export function readChunks(
  db: GroundmarkDatabase,
  projectId: ProjectId,
): PromiseLike<readonly StoredCatalogueChunk[]> {
  return db.catalogue.where('[projectId+chunk]').between([projectId, 0], [projectId, Dexie.maxKey]).toArray();
}

export function chunkOf(
  projectId: ProjectId,
  chunk: number,
  entries: readonly CatalogueEntry[],
): StoredCatalogueChunk {
  return {
    projectId,
    chunk,
    ids: entries.map((entry) => entry.id),
    sourceIds: entries.map((entry) => entry.sourceId),
    keys: entries.map((entry) => entry.key),
    hashes: entries.map((entry) => entry.contentHash),
  };
}

export function entriesOf(chunk: StoredCatalogueChunk): CatalogueEntry[] {
  return chunk.keys.flatMap((key, index) => {
    const id = chunk.ids[index];
    const sourceId = chunk.sourceIds[index];
    const contentHash = chunk.hashes[index];
    return id === undefined || sourceId === undefined || contentHash === undefined
      ? []
      : [{ id, sourceId, key, contentHash }];
  });
}
