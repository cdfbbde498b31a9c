import { isTiled } from '../../shared/geometry/tile-pyramid';
import type { AppError } from '../../shared/result/app-error';
import type { LabelId } from '../../shared/schema/ids';
import type { ObjectDetail } from '../objects/object-messages';
import type { ProjectObjects } from '../objects/object-source';
import { deepUrl, type PictureRef, pictureUrl, pixelPictureOf, salvageUrl } from '../pictures/asset-url';
import { createBitmapCache } from './bitmap-cache';
import type { CropOrder, CropPicture } from './crop-messages';
import { regionAround } from './crop-region';
import type { CropWorkers } from './crop-workers';

/** Objects asked for at once: each may be in an image of its own, whose labels are read for it. */
const DETAILS_AT_ONCE = 64;

/** Details that are kept; outlines are short, so these are some MB. */
const MOST_DETAILS = 6000;

/** How crops are to look. */
export interface CropLook {
  /** In device px. */
  readonly side: number;
  /** The CSS colour of a label's outline. */
  readonly colorOf: (labelId: LabelId) => string;
}

/** Crops of objects, made as they are looked at. */
export interface CropSource {
  /** The rows that are wanted from now on, nearest first; whatever else was asked for is dropped. */
  want(rows: readonly number[]): void;
  /** What is known of a row; null while it is on its way. Of changed objects the old one until the new one is there. */
  detail(row: number): ObjectDetail | null;
  /** Never close it. */
  bitmap(row: number): ImageBitmap | null;
  /** Why there is no crop: the file is missing, cannot be decoded, … */
  failure(row: number): string | null;
  setLook(look: CropLook): void;
  /** Objects changed: what is wanted is asked for again. */
  refresh(): void;
  /** Hears when there is more to draw. */
  subscribe(listener: () => void): () => void;
  /** True when everything wanted is there or failed. */
  isSettled(): boolean;
  close(): void;
}

interface Known {
  readonly detail: ObjectDetail;
  readonly version: number;
}

/** Nearest first, one decode a picture, two pictures at a time. The crops belong to the source; workers are closed with it. */
export function createCropSource(
  objects: Pick<ProjectObjects, 'details'>,
  workers: CropWorkers,
  firstLook: CropLook,
): CropSource {
  const details = new Map<number, Known>();
  const failures = new Map<string, string>();
  const bitmaps = createBitmapCache();
  const listeners = new Set<() => void>();
  let look = firstLook;
  let wanted: readonly number[] = [];
  let version = 0;
  let isAsking = false;
  let isClosed = false;
  const running = new Map<number, { readonly hash: string; readonly abort: AbortController }>();

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const isKnown = (row: number): boolean => details.get(row)?.version === version;

  async function askForDetails(): Promise<void> {
    if (isAsking || isClosed) return;
    const rows = wanted.filter((row) => !isKnown(row)).slice(0, DETAILS_AT_ONCE);
    if (rows.length === 0) return;
    isAsking = true;
    const asked = version;
    const answer = await objects.details(rows);
    isAsking = false;
    if (isClosed) return;
    if (answer.ok) {
      for (const detail of answer.value) {
        details.delete(detail.row);
        details.set(detail.row, { detail, version: asked });
      }
      // Deleted meanwhile: the order that is shown follows in a moment.
      const found = new Set(answer.value.map(({ row }) => row));
      wanted = wanted.filter((row) => found.has(row) || !rows.includes(row));
      for (const row of details.keys()) {
        if (details.size <= MOST_DETAILS) break;
        details.delete(row);
      }
      tell();
    }
    drawNext();
    if (answer.ok) void askForDetails();
  }

  function keyOf({ detail }: Known): string {
    return `${detail.imageRevision}/${look.side}/${look.colorOf(detail.labelId)}`;
  }

  function isLacking(known: Known): boolean {
    return failureOf(known.detail) === null && bitmaps.keyOf(known.detail.row) !== keyOf(known);
  }

  function failureOf({ image }: ObjectDetail): string | null {
    if (image.isMissing === 1) return 'File is missing';
    return failures.get(image.contentHash) ?? null;
  }

  /** Each worker that has nothing to do gets the picture of the nearest crop that is its own to make. */
  function drawNext(): void {
    if (isClosed) return;
    for (let worker = 0; worker < workers.count; worker += 1) {
      if (workers.isBusy(worker)) continue;
      const nearest = wanted.find((row) => {
        const known = details.get(row);
        return (
          known !== undefined &&
          isLacking(known) &&
          workers.workerFor(known.detail.image.contentHash) === worker
        );
      });
      const known = nearest === undefined ? undefined : details.get(nearest);
      if (known !== undefined) void drawAllOf(worker, known.detail.image);
    }
  }

  async function drawAllOf(worker: number, image: ObjectDetail['image']): Promise<void> {
    const hash = image.contentHash;
    const orders: CropOrder[] = [];
    const keys = new Map<number, string>();
    for (const row of wanted) {
      const known = details.get(row);
      if (known?.detail.image.contentHash !== hash || !isLacking(known)) continue;
      orders.push(orderFor(known.detail, look.colorOf(known.detail.labelId)));
      keys.set(row, keyOf(known));
    }
    const abort = new AbortController();
    running.set(worker, { hash, abort });
    const answer = await workers.perform(
      worker,
      { kind: 'draw', picture: cropPictureOf(image), crops: orders, side: look.side },
      abort.signal,
    );
    running.delete(worker);
    if (answer.kind === 'drawn') {
      const needed = new Set(wanted);
      for (const { row, bitmap } of answer.crops) {
        if (isClosed) bitmap.close();
        else bitmaps.put(row, keys.get(row) ?? '', bitmap, needed);
      }
    } else if (answer.kind === 'failed' && !isClosed) noteFailure(hash, answer.error);
    if (isClosed) return;
    tell();
    drawNext();
  }

  function noteFailure(hash: string, error: AppError): void {
    if (error.code !== 'job.cancelled') failures.set(hash, error.message);
  }

  function withdrawUnwanted(): void {
    const hashes = new Set<string | undefined>(
      wanted.map((row) => details.get(row)?.detail.image.contentHash),
    );
    for (const { hash, abort } of running.values()) if (!hashes.has(hash)) abort.abort();
  }

  return {
    want(rows) {
      wanted = rows;
      withdrawUnwanted();
      for (const row of rows) bitmaps.touch(row);
      void askForDetails();
      drawNext();
    },
    detail: (row) => details.get(row)?.detail ?? null,
    bitmap: (row) => bitmaps.get(row),
    failure(row) {
      const known = details.get(row);
      return known === undefined ? null : failureOf(known.detail);
    },
    setLook(next) {
      look = next;
      drawNext();
      tell();
    },
    refresh() {
      version += 1;
      failures.clear();
      void askForDetails();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isSettled: () =>
      wanted.every((row) => {
        const known = details.get(row);
        return known !== undefined && known.version === version && !isLacking(known);
      }),
    close() {
      isClosed = true;
      for (const { abort } of running.values()) abort.abort();
      workers.close();
      bitmaps.clear();
      details.clear();
      listeners.clear();
    },
  };
}

/** The picture that an object's crop is cut from. */
export function cropPictureOf(image: PictureRef): CropPicture {
  const { width, height } = image;
  return {
    contentHash: image.contentHash,
    open: {
      kind: 'open',
      url: pictureUrl(image),
      deepUrl: deepUrl(image),
      salvageUrl: salvageUrl(image),
      width,
      height,
    },
    partUrl: isTiled(image) ? pixelPictureOf(image).partUrl : null,
  };
}

/** What is cut for an object; of what has no place in the picture (a tag) the whole picture. */
export function orderFor(detail: ObjectDetail, color: string | null): CropOrder {
  const { image } = detail;
  const place =
    detail.shapeType === 'tag' ? { x: 0, y: 0, width: image.width, height: image.height } : detail.bounds;
  return { row: detail.row, region: regionAround(place), outline: detail.outline, color };
}
