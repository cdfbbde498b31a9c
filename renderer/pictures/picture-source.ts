import { isTiled } from '../../shared/geometry/tile-pyramid';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { damageUrl, deepUrl, type PictureRef, pictureUrl, salvageUrl } from './asset-url';
import type { PictureDamage } from './picture-messages';
import type { PictureWorker } from './picture-worker';
import { createTileSource, type PictureTiles } from './tile-source';

/** Decoded pictures by content, kept as long as memory allows, so that next and previous are instant. */
export interface PictureSource {
  /**
   * The picture, upright. It belongs to the source: never close it. It stays usable at least until two other pictures
   * were opened. Of very large pictures it has fewer px than the record says; draw it into the record's width x height.
   */
  open(image: PictureRef): Promise<Result<ImageBitmap>>;
  /** The tiles of a picture that was opened, when it has any; its overview lies under them. The caller closes them. */
  openTiles(image: PictureRef): PictureTiles | null;
  /** How a picture that was opened is damaged, if it is; of huge ones this is known when all tiles are made. */
  damageOf(image: PictureRef): Promise<PictureDamage | null>;
  /** Decodes pictures before they are asked for, nearest first; earlier wishes that are not in the list are dropped. */
  prefetch(images: readonly PictureRef[]): void;
  /** Frees everything. */
  close(): void;
}

/** Bytes of decoded pictures that are kept: fourteen pictures of 1080p take 116 MB, three of 24 MP take 288 MB. */
const DEFAULT_BYTE_LIMIT = 400 * 1024 * 1024;

/** The one on screen and, until that is drawn, the one before it. */
const PINNED = 2;

interface Loading {
  readonly abort: AbortController;
  readonly result: Promise<Result<ImageBitmap>>;
  /** Someone waits for it; it is then not dropped when prefetch wishes change. */
  isOpened: boolean;
}

export function createPictureSource(
  worker: Pick<PictureWorker, 'perform' | 'close'>,
  byteLimit: number = DEFAULT_BYTE_LIMIT,
): PictureSource {
  // Least recently used first; a Map keeps the order of insertion.
  const kept = new Map<string, ImageBitmap>();
  const loading = new Map<string, Loading>();
  // By content; a damaged picture is rare and a line here small.
  const damages = new Map<string, PictureDamage>();
  let opened: readonly string[] = [];
  let wishes: readonly PictureRef[] = [];
  let bytes = 0;

  function touch(hash: string, bitmap: ImageBitmap): void {
    kept.delete(hash);
    kept.set(hash, bitmap);
  }

  function keep(hash: string, bitmap: ImageBitmap): void {
    bytes += bytesOf(bitmap);
    kept.set(hash, bitmap);
    for (const [oldHash, old] of kept) {
      if (bytes <= byteLimit) return;
      if (oldHash === hash || opened.includes(oldHash)) continue;
      kept.delete(oldHash);
      bytes -= bytesOf(old);
      old.close();
    }
  }

  function load(image: PictureRef, isOpened: boolean): Loading {
    const { contentHash: hash, width, height } = image;
    const abort = new AbortController();
    const result = worker
      .perform(
        {
          kind: 'open',
          url: pictureUrl(image),
          deepUrl: deepUrl(image),
          salvageUrl: salvageUrl(image),
          width,
          height,
        },
        abort.signal,
      )
      .then((answer): Result<ImageBitmap> => {
        if (loading.get(hash) === entry) loading.delete(hash);
        if (answer.kind === 'failed') return err(answer.error);
        if (answer.kind !== 'bitmap') return err(unexpectedAnswer());
        if (answer.damage === null) damages.delete(hash);
        else damages.set(hash, answer.damage);
        const earlier = kept.get(hash);
        if (earlier !== undefined) {
          answer.bitmap.close();
          return ok(earlier);
        }
        keep(hash, answer.bitmap);
        return ok(answer.bitmap);
      });
    const entry: Loading = { abort, result, isOpened };
    loading.set(hash, entry);
    void result.then(prefetchNext);
    return entry;
  }

  /** One at a time, so that a picture that is opened meanwhile gets the decoder almost to itself. */
  function prefetchNext(): void {
    if (loading.size > 0) return;
    const [next, ...rest] = wishes.filter((wish) => !kept.has(wish.contentHash));
    wishes = rest;
    if (next !== undefined) load(next, false);
  }

  return {
    async open(image) {
      const hash = image.contentHash;
      opened = [hash, ...opened.filter((other) => other !== hash)].slice(0, PINNED);
      const bitmap = kept.get(hash);
      if (bitmap !== undefined) {
        touch(hash, bitmap);
        return ok(bitmap);
      }
      const current = loading.get(hash) ?? load(image, true);
      current.isOpened = true;
      return current.result;
    },

    openTiles(image) {
      const overview = kept.get(image.contentHash);
      return isTiled(image) && overview !== undefined ? createTileSource(image, overview, worker) : null;
    },

    async damageOf(image) {
      const known = damages.get(image.contentHash);
      if (known !== undefined || !isTiled(image)) return known ?? null;
      const answer = await worker.perform({ kind: 'damage', url: damageUrl(image) });
      return answer.kind === 'damage' ? answer.damage : null;
    },

    prefetch(images) {
      // One that would push the others out again is not worth having ahead of time.
      wishes = images.filter((image) => !isTiled(image) && image.width * image.height * 4 <= byteLimit / 4);
      const isWished = new Set<string>(images.map((image) => image.contentHash));
      for (const [hash, entry] of loading) {
        if (entry.isOpened || isWished.has(hash)) continue;
        entry.abort.abort();
        // Opening it later starts anew instead of sharing the cancellation.
        loading.delete(hash);
      }
      // Nearest last, so that the farthest is the first to go when memory is short.
      for (const image of [...images].reverse()) {
        const bitmap = kept.get(image.contentHash);
        if (bitmap !== undefined) touch(image.contentHash, bitmap);
      }
      prefetchNext();
    },

    close() {
      wishes = [];
      for (const entry of loading.values()) entry.abort.abort();
      for (const bitmap of kept.values()) bitmap.close();
      loading.clear();
      kept.clear();
      bytes = 0;
      worker.close();
    },
  };
}

function bytesOf(bitmap: ImageBitmap): number {
  return bitmap.width * bitmap.height * 4;
}

function unexpectedAnswer(): AppError {
  return appError('internal.unexpected', 'The picture worker answered something else than a picture.');
}
