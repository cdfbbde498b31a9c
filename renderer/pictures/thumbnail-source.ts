import type { AppError } from '../../shared/result/app-error';
import type { ImageRecord } from '../../shared/schema/image';
import type { Bridge } from '../bridge/bridge';
import { cachedThumbnailUrl, decodedUrl, pictureUrl } from './asset-url';
import type { PictureWorker } from './picture-worker';

/** Small previews, made when first seen and kept on disk by the content they show. */
export interface ThumbnailSource {
  /**
   * Calls back once with a URL for an `<img>`, or null when there can be none; at once when it is known already. The
   * returned function withdraws the request, e.g. when its row was scrolled away.
   */
  request(image: ImageRecord, onReady: (url: string | null) => void): () => void;
  close(): void;
}

/** Decoded side by side; more would only take turns on two cores and hold back the picture on screen. */
const AT_A_TIME = 2;

/** Previews that could not be put on disk are kept in memory, so many at most. */
const MOST_IN_MEMORY = 500;

/** Longest side in px that is asked of main where main decodes; twice the thumbnail, for smooth scaling. */
const SOURCE_SIDE = 320;

interface Request {
  readonly image: ImageRecord;
  readonly listeners: Set<(url: string | null) => void>;
  readonly abort: AbortController;
  isRunning: boolean;
}

export interface ThumbnailServices {
  readonly bridge: Pick<Bridge, 'invoke'>;
  readonly worker: Pick<PictureWorker, 'perform' | 'close'>;
  /** A picture that cannot be decoded (a line for the problem list), once a picture. */
  readonly onUndecodable: (image: ImageRecord, error: AppError) => void;
  /** The disk cache does not take thumbnails, e.g. `file.disk-full`; once, until it takes one again. */
  readonly onNotKept: (error: AppError) => void;
}

export function createThumbnailSource(services: ThumbnailServices): ThumbnailSource {
  const { bridge, worker, onUndecodable, onNotKept } = services;
  const requests = new Map<string, Request>();
  const cached = new Set<string>();
  const undecodable = new Set<string>();
  const inMemory = new Map<string, string>();
  let running = 0;
  let isKeeping = true;

  function known(hash: string): string | null | undefined {
    if (cached.has(hash)) return cachedThumbnailUrl(hash);
    return undecodable.has(hash) ? null : inMemory.get(hash);
  }

  /** Newest first: what came into view last is what the person looks at. */
  function startNext(): void {
    while (running < AT_A_TIME) {
      const waiting = [...requests.values()].filter((request) => !request.isRunning);
      const newest = waiting.at(-1);
      if (newest === undefined) return;
      newest.isRunning = true;
      running += 1;
      void make(newest).then((url) => {
        running -= 1;
        settle(newest, url);
        startNext();
      });
    }
  }

  function settle(request: Request, url: string | null): void {
    const hash = request.image.contentHash;
    if (requests.get(hash) === request) requests.delete(hash);
    for (const listener of request.listeners) listener(url);
    request.listeners.clear();
  }

  async function make({ image, abort }: Request): Promise<string | null> {
    const hash = image.contentHash;
    const answer = await worker.perform(
      {
        kind: 'thumbnail',
        url: pictureUrl(image, SOURCE_SIDE),
        deepPngUrl: image.format === 'png' ? decodedUrl(image, SOURCE_SIDE) : null,
        cachedUrl: cachedThumbnailUrl(hash),
      },
      abort.signal,
    );
    if (answer.kind === 'cached') {
      cached.add(hash);
      return cachedThumbnailUrl(hash);
    }
    if (answer.kind === 'thumbnail') return keep(hash, image, answer.bytes);
    if (answer.kind === 'failed' && answer.error.code.startsWith('image.')) {
      undecodable.add(hash);
      onUndecodable(image, answer.error);
    }
    return null;
  }

  async function keep(hash: string, image: ImageRecord, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const put = await bridge.invoke('thumbnail.put', { contentHash: image.contentHash, bytes });
    if (put.ok) {
      isKeeping = true;
      cached.add(hash);
      return cachedThumbnailUrl(hash);
    }
    if (isKeeping) onNotKept(put.error);
    isKeeping = false;
    const url = URL.createObjectURL(new Blob([bytes], { type: 'image/webp' }));
    inMemory.set(hash, url);
    const [oldest] = inMemory;
    if (inMemory.size > MOST_IN_MEMORY && oldest !== undefined) {
      inMemory.delete(oldest[0]);
      URL.revokeObjectURL(oldest[1]);
    }
    return url;
  }

  return {
    request(image, onReady) {
      const hash = image.contentHash;
      const url = known(hash);
      if (url !== undefined) {
        onReady(url);
        return () => undefined;
      }
      const earlier = requests.get(hash);
      const request = earlier ?? {
        image,
        listeners: new Set(),
        abort: new AbortController(),
        isRunning: false,
      };
      request.listeners.add(onReady);
      // Asked for again means seen again: it moves to the front of the queue.
      requests.delete(hash);
      requests.set(hash, request);
      startNext();
      return () => {
        request.listeners.delete(onReady);
        if (request.listeners.size > 0 || requests.get(hash) !== request) return;
        requests.delete(hash);
        request.abort.abort();
      };
    },

    close() {
      for (const request of requests.values()) request.abort.abort();
      for (const url of inMemory.values()) URL.revokeObjectURL(url);
      requests.clear();
      inMemory.clear();
      worker.close();
    },
  };
}
