import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFolder, DatasetSource } from '../../shared/formats/format';
import { createPictureIndex } from '../../shared/formats/parts/picture-index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from '../datasets-io/file-error';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import type { OutputSink } from '../datasets-io/output-sink';
import { frameOfPictureBytes, pictureFrame } from '../datasets-io/picture-size';
import { seekByKey } from '../datasets-io/seek-by-key';
import type { OpenedDataset } from './open-dataset';

/** Where the bytes of a picture are: a file on disk, or somewhere that can only be read. */
type FoundPicture =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'bytes'; read(): Promise<Result<Uint8Array>> };

/** The pictures of a dataset, wherever they are: beside the labels, in the same zip, or inside the label files. */
export interface DatasetPictures {
  bytes(key: string): Promise<Result<Uint8Array>>;
  /** EXIF orientation 1 to 8; null when the picture is not found. */
  orientation(key: string): Promise<number | null>;
  /** Puts it into an output; false when it is not found. */
  place(key: string, relative: string, sink: OutputSink, mode: 'copy' | 'link'): Promise<Result<boolean>>;
  close(): Promise<void>;
}

/** As large as a picture may be that is held in memory: the largest that the app opens has 400 megapixels. */
const MAX_PICTURE_BYTES = 2 * 1024 * 1024 * 1024;

export function datasetPictures(opened: OpenedDataset): DatasetPictures {
  const { folder, format, pictureRoots } = opened;
  const indexes = new Map<string, Promise<(key: string) => string | null>>();
  const indexOf = (name: string, open: () => Promise<DatasetFolder | null>) => {
    let index = indexes.get(name);
    if (index === undefined) {
      index = open().then(indexed);
      indexes.set(name, index);
    }
    return index;
  };
  const onDisk = async (root: string): Promise<DatasetFolder | null> => {
    const opening = await openDatasetFolder(root);
    return opening.ok ? opening.value : null;
  };
  const carried = seekByKey(
    () => format.pictures?.(folder) ?? none(),
    ({ key }) => key,
  );

  const find = async (key: string): Promise<FoundPicture | null> => {
    if (opened.isArchive) {
      const inside = (await indexOf('', async () => folder))(key);
      if (inside !== null) {
        return { kind: 'bytes', read: () => folder.readBytes(inside, MAX_PICTURE_BYTES) };
      }
    }
    for (const [place, root] of pictureRoots.entries()) {
      // The folder beside the dataset may be anything, a home folder included: only its `images` is walked.
      const walked = place === pictureRoots.length - 1 ? path.join(root, 'images') : root;
      const relative = (await indexOf(walked, () => onDisk(walked)))(key);
      if (relative !== null) return { kind: 'file', file: path.join(walked, relative) };
    }
    const held = format.pictures === undefined ? null : await carried.find(key);
    return held === null ? null : { kind: 'bytes', read: async () => ok(held.bytes) };
  };
  const bytes = async (key: string): Promise<Result<Uint8Array>> => {
    const found = await find(key);
    if (found === null) {
      return err(
        appError('file.not-found', `The picture ${key} was not found. Say where it is with --images-in.`, {
          key,
        }),
      );
    }
    if (found.kind === 'bytes') return found.read();
    try {
      return ok(await readFile(found.file));
    } catch (thrown) {
      return err(fileError(thrown, key, 'read'));
    }
  };

  return {
    bytes,

    async orientation(key) {
      const found = await find(key);
      if (found === null) return null;
      if (found.kind === 'file') return (await pictureFrame(found.file))?.orientation ?? null;
      const read = await found.read();
      return read.ok ? (frameOfPictureBytes(read.value)?.orientation ?? null) : null;
    },

    async place(key, relative, sink, mode) {
      const found = await find(key);
      if (found === null) return ok(false);
      if (found.kind === 'file') {
        const added = await sink.addFile(relative, found.file, mode);
        return added.ok ? ok(true) : added;
      }
      const read = await found.read();
      if (!read.ok) return read;
      const file = await sink.open(relative);
      await file.write(read.value);
      await file.close();
      return ok(true);
    },

    close: () => carried.close(),
  };
}

async function indexed(folder: DatasetFolder | null): Promise<(key: string) => string | null> {
  const paths = new Set(((await folder?.list()) ?? []).map((file) => file.path));
  const index = createPictureIndex(paths);
  // Where our own writers put it comes first: the key may itself begin with `images/`.
  return (key) => (paths.has(`images/${key}`) ? `images/${key}` : index.find(key));
}

async function* none(): AsyncGenerator<never> {}

/** The same dataset, with how each picture is stored as its file says. */
export function withOrientation(source: DatasetSource, pictures: DatasetPictures): DatasetSource {
  const seen = new Map<string, number | null>();
  const orientationOf = async (key: string) => {
    let orientation = seen.get(key);
    if (orientation === undefined) {
      orientation = await pictures.orientation(key);
      seen.set(key, orientation);
    }
    return orientation === null ? {} : { exifOrientation: orientation };
  };
  return {
    labels: () => source.labels(),
    async *images() {
      for await (const image of source.images()) yield { ...image, ...(await orientationOf(image.key)) };
    },
    async *annotationsByImage() {
      for await (const { image, annotations } of source.annotationsByImage()) {
        yield { image: { ...image, ...(await orientationOf(image.key)) }, annotations };
      }
    },
  };
}
