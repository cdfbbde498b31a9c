import Dexie, { type PromiseExtended } from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { ImageRecord, ScannedImage } from '../../shared/schema/image';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import type { StoredImagePage } from './stored-records';

/**
 * 100 images are about 24 KB of text (48 KB with a name that is not Latin): below the size from which Chromium keeps a
 * value in a file of its own. Images one by one were stored at 4,000 a second, by 100 at 45,000 and more.
 */
export const IMAGES_PER_PAGE = 100;

/** What is known of an image's file; everything that a person does to an image is in its row. */
export interface PagedImage extends ScannedImage {
  readonly id: ImageId;
  readonly sourceId: SourceId;
  readonly isMissing: ImageRecord['isMissing'];
  readonly duplicateOfId: ImageId | null;
}

/** The order of the values in a line. Stored pages depend on it. */
type Line = readonly [
  id: ImageId,
  sourceId: SourceId,
  key: string,
  contentHash: ScannedImage['contentHash'],
  byteSize: number,
  modifiedAt: string,
  format: ScannedImage['format'],
  width: number,
  height: number,
  exifOrientation: number,
  capturedAt: string | null,
  isMissing: ImageRecord['isMissing'],
  duplicateOfId: ImageId | null,
];
const VALUES_PER_LINE = 13;

export function pageOf(ordinal: number): number {
  return Math.floor(ordinal / IMAGES_PER_PAGE);
}

export function storedPage(
  projectId: ProjectId,
  page: number,
  images: readonly PagedImage[],
): StoredImagePage {
  return { projectId, page, text: images.map(lineOf).join('\n') };
}

export function imagesOfPage(page: StoredImagePage): PagedImage[] {
  return page.text.split('\n').map((line) => imageOfLine(line, page));
}

/** Gives the image at an ordinal, if this page has it. Only the lines that are asked for are parsed. */
export function pageReader(page: StoredImagePage): (ordinal: number) => PagedImage | undefined {
  const lines = page.text.split('\n');
  return (ordinal) => {
    const line = lines[ordinal - page.page * IMAGES_PER_PAGE];
    return line === undefined ? undefined : imageOfLine(line, page);
  };
}

/** A project's pages in order, all or those from page `first` to page `last`. */
export function readPages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  first = 0,
  last: number | undefined = undefined,
): PromiseExtended<StoredImagePage[]> {
  return db.imagePages
    .where('[projectId+page]')
    .between([projectId, first], [projectId, last ?? Dexie.maxKey], true, true)
    .toArray();
}

/** Changes images of a project where they are stored. Inside the caller's transaction. */
export async function changePages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: Iterable<number>,
  change: (image: PagedImage) => PagedImage,
): Promise<void> {
  const changing = new Set(ordinals);
  const numbers = [...new Set([...changing].map(pageOf))];
  const pages = await db.imagePages.bulkGet(numbers.map((page): [ProjectId, number] => [projectId, page]));
  await db.imagePages.bulkPut(
    pages.flatMap((page) => {
      if (page === undefined) return [];
      const start = page.page * IMAGES_PER_PAGE;
      const images = imagesOfPage(page).map((image, index) =>
        changing.has(start + index) ? change(image) : image,
      );
      return [storedPage(projectId, page.page, images)];
    }),
  );
}

function lineOf(image: PagedImage): string {
  const line: Line = [
    image.id,
    image.sourceId,
    image.key,
    image.contentHash,
    image.byteSize,
    image.modifiedAt,
    image.format,
    image.width,
    image.height,
    image.exifOrientation,
    image.capturedAt,
    image.isMissing,
    image.duplicateOfId,
  ];
  return JSON.stringify(line);
}

function imageOfLine(text: string, { page }: StoredImagePage): PagedImage {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch {
    throw new Refusal(damagedPage(page));
  }
  if (!Array.isArray(line) || line.length !== VALUES_PER_LINE) throw new Refusal(damagedPage(page));
  return {
    id: line[0],
    sourceId: line[1],
    key: line[2],
    contentHash: line[3],
    byteSize: line[4],
    modifiedAt: line[5],
    format: line[6],
    width: line[7],
    height: line[8],
    exifOrientation: line[9],
    capturedAt: line[10],
    isMissing: line[11],
    duplicateOfId: line[12],
  };
}

function damagedPage(page: number) {
  const first = page * IMAGES_PER_PAGE + 1;
  return appError(
    'record.damaged',
    `The list of images is damaged in the database, at images ${first} to ${first + IMAGES_PER_PAGE - 1}. Nothing was overwritten; restore a backup from the start page.`,
    { page },
  );
}
