import type { ProjectId, Sha256, SourceId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { IMAGES_PER_PAGE, imagesOfPage, type PagedImage, pageOf, readPages, storedPage } from './image-pages';
import type { StoredImagePage } from './stored-records';

/**
 * What an import must know of the images that are there: all pages in memory (100,000 images take about 50 MB and
 * half a second to read once an import), so that a batch costs no look-up per file. True for one revision only.
 */
export class ImageCatalogue {
  readonly #images: PagedImage[] = [];
  readonly #ordinalByKey = new Map<string, number>();
  readonly #ordinalsByHash = new Map<Sha256, number[]>();
  readonly #touchedPages = new Set<number>();

  private constructor(
    readonly projectId: ProjectId,
    public revision: number,
  ) {}

  /** Inside a transaction that holds the pages. */
  static async read(db: GroundmarkDatabase, projectId: ProjectId, revision: number): Promise<ImageCatalogue> {
    const catalogue = new ImageCatalogue(projectId, revision);
    for (const page of await readPages(db, projectId)) {
      for (const image of imagesOfPage(page)) catalogue.#index(image);
    }
    return catalogue;
  }

  get size(): number {
    return this.#images.length;
  }

  ordinalOf(sourceId: SourceId, key: string): number | null {
    return this.#ordinalByKey.get(`${sourceId}/${key}`) ?? null;
  }

  image(ordinal: number): PagedImage | null {
    return this.#images[ordinal] ?? null;
  }

  /** The first image with these bytes. */
  firstWithHash(hash: Sha256): number | null {
    return this.#ordinalsByHash.get(hash)?.[0] ?? null;
  }

  missingWithHash(hash: Sha256): number | null {
    return this.#ordinalsByHash.get(hash)?.find((ordinal) => this.#images[ordinal]?.isMissing === 1) ?? null;
  }

  /** Appends an image and gives its ordinal. */
  add(image: PagedImage): number {
    this.#touchedPages.add(pageOf(this.#images.length));
    return this.#index(image);
  }

  /** The file of an image is there, under this key and with these bytes. */
  refresh(ordinal: number, image: PagedImage): void {
    const before = this.#images[ordinal];
    if (before === undefined) return;
    this.#touchedPages.add(pageOf(ordinal));
    this.#ordinalByKey.delete(`${before.sourceId}/${before.key}`);
    this.#ordinalByKey.set(`${image.sourceId}/${image.key}`, ordinal);
    if (before.contentHash !== image.contentHash) {
      const others = (this.#ordinalsByHash.get(before.contentHash) ?? []).filter(
        (other) => other !== ordinal,
      );
      this.#ordinalsByHash.set(before.contentHash, others);
      this.#ordinalsByHash.set(image.contentHash, [
        ...(this.#ordinalsByHash.get(image.contentHash) ?? []),
        ordinal,
      ]);
    }
    this.#images[ordinal] = image;
  }

  /** The stored form of every page that changed since the last call. */
  takeTouchedPages(): readonly StoredImagePage[] {
    const pages = [...this.#touchedPages].map((page) =>
      storedPage(
        this.projectId,
        page,
        this.#images.slice(page * IMAGES_PER_PAGE, (page + 1) * IMAGES_PER_PAGE),
      ),
    );
    this.#touchedPages.clear();
    return pages;
  }

  #index(image: PagedImage): number {
    const ordinal = this.#images.length;
    this.#images.push(image);
    this.#ordinalByKey.set(`${image.sourceId}/${image.key}`, ordinal);
    const sameBytes = this.#ordinalsByHash.get(image.contentHash);
    if (sameBytes === undefined) this.#ordinalsByHash.set(image.contentHash, [ordinal]);
    else sameBytes.push(ordinal);
    return ordinal;
  }
}
