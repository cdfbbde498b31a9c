import type { Size } from '../../geometry/rect';
import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { streamCsv } from '../parts/csv/stream-csv';
import { keyFromFileName } from '../parts/dataset-key';
import { decimalFrom } from '../parts/decimal';
import { createPictureIndex, nameOf, withoutExtension } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { splitFromName } from '../parts/split-name';
import { cellOf, type Table } from './tables';

/** What is known of a picture beside its rows of annotations. */
export interface ListedImage {
  split: Split | null;
  rotation: number | null;
}

const MAX_META_BYTES = 64 * 1024 * 1024;

/** The pictures that tables of images list, by id. Memory follows the number of images. */
export async function listedImages(
  folder: DatasetFolder,
  tables: readonly Table[],
  problems: ProblemQueue,
): Promise<ReadonlyMap<string, ListedImage>> {
  const images = new Map<string, ListedImage>();
  for (const table of tables) {
    if (table.kind !== 'images') continue;
    let isHeader = true;
    for await (const { rows, faults } of streamCsv(folder, table.path, ',')) {
      for (const { line, reason } of faults) {
        problems.error('open-images-bad-row', table.path, `${table.path}, line ${line} ${reason}.`, line);
      }
      for (const { cells } of rows) {
        if (isHeader) {
          isHeader = false;
          continue;
        }
        const id = cellOf(table, cells, 'imageid');
        if (id === '' || images.has(id)) continue;
        const rotation = decimalFrom(cellOf(table, cells, 'rotation'));
        images.set(id, {
          split: splitFromName(cellOf(table, cells, 'subset')) ?? table.split,
          rotation: rotation === null || rotation === 0 ? null : rotation,
        });
      }
    }
  }
  return images;
}

/** Finds what belongs to an id: the picture's key, place and size. */
export interface ImagesById {
  known(id: string): KnownImage | null;
  /** Null for an id that no key can be made of. */
  keyOf(id: string, split: Split | null): string | null;
  sizeOf(id: string, split: Split | null): Promise<Size | null>;
}

/** By what our own writer said, Datumaro's `images.meta`, and the pictures that are at hand. */
export async function imagesById(folder: DatasetFolder, problems: ProblemQueue): Promise<ImagesById> {
  const paths = (await folder.list()).map(({ path }) => path);
  const pictures = createPictureIndex(paths.filter((path) => !/(?:^|\/)masks\//.test(path)));
  const byKey = new Map<string, KnownImage>();
  const byStem = new Map<string, KnownImage>();
  for (const image of (
    (await readImagesFile(folder, sidecarRoot(paths) ?? '', problems)) ?? new Map()
  ).values()) {
    const known: KnownImage = image;
    byKey.set(known.key, known);
    const stem = withoutExtension(known.key);
    if (!byStem.has(stem)) byStem.set(stem, known);
  }
  const sizes = await metaSizes(folder, paths);
  const known = (id: string) => byKey.get(id) ?? byStem.get(id) ?? null;
  const pictureOf = (id: string, split: Split | null) =>
    pictures.find(`${split === null ? '' : `${folderOfSplit(split)}/`}${id}.`) ?? pictures.find(`${id}.`);
  return {
    known,
    keyOf(id, split) {
      const ours = known(id);
      if (ours !== null) return ours.key;
      const picture = pictureOf(id, split);
      if (picture !== null) return picture.replace(/^images\//, '');
      return keyFromFileName(`${id}.jpg`)?.key ?? null;
    },
    async sizeOf(id, split) {
      const said = known(id)?.size ?? sizes.get(id) ?? null;
      if (said !== null) return said;
      const picture = pictureOf(id, split);
      return folder.imageSize(
        picture ?? `images/${split === null ? '' : `${folderOfSplit(split)}/`}${id}.jpg`,
      );
    },
  };
}

export function folderOfSplit(split: Split): string {
  return split === 'val' ? 'validation' : split;
}

/** Lines `id height width` of a file that Datumaro and CVAT write beside the tables. */
async function metaSizes(
  folder: DatasetFolder,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Size>> {
  const sizes = new Map<string, Size>();
  for (const path of paths.filter((one) => nameOf(one) === 'images.meta')) {
    const text = await folder.readText(path, MAX_META_BYTES);
    if (!text.ok) continue;
    for (const line of text.value.split(/\r?\n/)) {
      const [, id = '', height, width] = /^"?(.+?)"? (\d{1,6}) (\d{1,6})\s*$/.exec(line.slice(0, 5000)) ?? [];
      const size = { width: Number(width), height: Number(height) };
      if (!line.startsWith('#') && size.width > 0 && size.height > 0) sizes.set(id, size);
    }
  }
  return sizes;
}
