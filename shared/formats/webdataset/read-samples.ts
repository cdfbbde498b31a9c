import type { DatasetFolder } from '../format';
import { isPicturePath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { readTar } from '../parts/tar/read-tar';
import { sampleName } from './find-shards';

/** Files of one name that stand together in an archive. */
export interface Sample {
  readonly shard: string;
  /** `__key__`. */
  readonly key: string;
  /** The extension of its picture, '' for none. */
  readonly pictureExtension: string;
  readonly picture: Uint8Array | null;
  /** Small files by extension: `json`, `cls`, `txt`. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
}

/** Masks of one picture fit. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MAX_PICTURE_BYTES = 512 * 1024 * 1024;

const TEXTS = new Set(['json', 'cls', 'txt', 'caption']);

/** The samples of shards in their order; damage ends a shard and is reported. */
export async function* readSamples(
  folder: DatasetFolder,
  paths: readonly string[],
  problems: ProblemQueue,
  withPictures: boolean,
): AsyncGenerator<Sample> {
  for (const shard of paths) {
    let open: {
      key: string;
      pictureExtension: string;
      picture: Uint8Array | null;
      texts: Map<string, Uint8Array>;
    } | null = null;
    const members = readTar(folder, shard, (name, byteSize) => {
      const { extension } = sampleName(name);
      if (TEXTS.has(extension)) return byteSize <= MAX_TEXT_BYTES;
      return withPictures && isPicturePath(`x.${extension}`) && byteSize <= MAX_PICTURE_BYTES;
    });
    let next = await members.next();
    for (; !next.done; next = await members.next()) {
      const { name, content } = next.value;
      const { key, extension } = sampleName(name);
      if (extension === '') continue;
      if (open !== null && open.key !== key) yield { shard, ...open };
      if (open === null || open.key !== key)
        open = { key, pictureExtension: '', picture: null, texts: new Map() };
      if (isPicturePath(`x.${extension}`)) {
        open.pictureExtension = extension;
        // A chunk of the stream may be used again: what is kept is copied.
        open.picture = content === null ? null : new Uint8Array(content);
      } else if (content !== null && TEXTS.has(extension)) open.texts.set(extension, new Uint8Array(content));
      else if (TEXTS.has(extension)) {
        problems.error(
          'webdataset-too-large',
          shard,
          `${name.slice(0, 200)} in ${shard} is too large to be a label; it was passed over.`,
        );
      }
    }
    if (open !== null) yield { shard, ...open };
    if (next.value.fault !== null) {
      problems.error(
        'tar-damaged',
        shard,
        `${shard} is not a whole tar archive: ${next.value.fault}. What came before was read; copy the file again to get the rest.`,
      );
    }
  }
}
