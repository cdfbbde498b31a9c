import { type AppError, type AppErrorCode, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { isCutOff } from './cut-off';
import { makeTile } from './make-tile';
import type { PictureAnswer, PictureDamage, PictureTask } from './picture-messages';
import { fittingWindow, windowed } from './pixels/deep-pixels';
import { fetchDeep, isDecodedByMain, isDeepFile } from './pixels/fetch-pixels';

// Runs in the picture worker: sandboxed, with nothing but fetch and Chromium's own decoders.

/** The box that a thumbnail fits into, in px; twice what the list shows would not fit the size limit below. */
const THUMBNAIL_WIDTH = 160;
const THUMBNAIL_HEIGHT = 120;
const THUMBNAIL_BYTES = 20 * 1024;

/** Tried in turn until the thumbnail is small enough; busy pictures need the later ones. */
const QUALITIES = [0.8, 0.6, 0.4, 0.2] as const;

export async function performTask(task: PictureTask, signal: AbortSignal): Promise<PictureAnswer> {
  if (task.kind === 'thumbnail' && (await isCached(task.cachedUrl, signal))) return { kind: 'cached' };
  if (task.kind === 'damage') return askForDamage(task.url, signal);
  if (task.kind === 'tile') {
    const response = await request(task.url, signal);
    return response.ok ? makeTile(task, await response.value.arrayBuffer()) : failed(response.error);
  }
  if (task.kind === 'thumbnail') {
    const bitmap = await decode(task.url, null, signal, task.deepPngUrl);
    return bitmap.ok ? makeThumbnail(bitmap.value.bitmap) : failed(bitmap.error);
  }
  const decoded = await decode(task.url, task.deepUrl, signal);
  const mayBeSalvaged = decoded.ok ? decoded.value.isCutOff : decoded.error.code === 'image.undecodable';
  if (task.salvageUrl !== null && mayBeSalvaged) {
    const salvaged = await salvage(task.salvageUrl, signal);
    if (salvaged !== null) {
      if (decoded.ok) decoded.value.bitmap.close();
      return checkedAgainst(salvaged.bitmap, salvaged.damage, task);
    }
  }
  if (!decoded.ok) return failed(decoded.error);
  const { bitmap, pictureSize } = decoded.value;
  return checkedAgainst(bitmap, null, task, pictureSize);
}

function failed(error: AppError): PictureAnswer {
  return { kind: 'failed', error };
}

async function askForDamage(url: string, signal: AbortSignal): Promise<PictureAnswer> {
  const response = await request(url, signal);
  if (!response.ok) return failed(response.error);
  const { damagedFromRow } = (await response.value.json()) as { readonly damagedFromRow: number | null };
  return { kind: 'damage', damage: damagedFromRow === null ? null : { fromRow: damagedFromRow } };
}

/** As much as there is of a damaged picture; null when there is nothing, or nothing wrong. */
async function salvage(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly bitmap: ImageBitmap; readonly damage: PictureDamage | null } | null> {
  const response = await request(url, signal);
  if (!response.ok) return null;
  const row = response.value.headers.get('Groundmark-Damaged-From-Row');
  try {
    const bitmap = await createImageBitmap(await response.value.blob());
    return { bitmap, damage: { fromRow: row === null ? null : Number(row) } };
  } catch {
    return null;
  }
}

function checkedAgainst(
  bitmap: ImageBitmap,
  damage: PictureDamage | null,
  expected: { readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number } = bitmap,
): PictureAnswer {
  const mismatch = refuseOtherSize(size, expected);
  if (mismatch === null) return { kind: 'bitmap', bitmap, damage };
  bitmap.close();
  return { kind: 'failed', error: mismatch };
}

/** The samples of a 16-bit picture in the window that fits them; null when they are not to be had. */
async function decodeDeep(deepUrl: string): Promise<ImageBitmap | null> {
  const deep = await fetchDeep(deepUrl);
  if (!deep.ok || deep.value === null) return null;
  const { width, height } = deep.value;
  const rgba = windowed(deep.value, fittingWindow(deep.value));
  return createImageBitmap(new ImageData(rgba, width, height));
}

async function isCached(url: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetchOrNull(url, signal);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

interface DecodedPicture {
  readonly bitmap: ImageBitmap;
  readonly isCutOff: boolean;
  /** Of the whole picture, when this is an overview. */
  readonly pictureSize: { readonly width: number; readonly height: number };
}

function parseSize(text: string | null): { readonly width: number; readonly height: number } | null {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text ?? '') ?? [];
  return width === undefined || height === undefined
    ? null
    : { width: Number(width), height: Number(height) };
}

async function request(url: string, signal: AbortSignal): Promise<Result<Response>> {
  const response = await fetchOrNull(url, signal);
  if (signal.aborted) return err(appError('job.cancelled', 'Another picture was asked for.'));
  if (response === null) {
    return err(
      appError('file.not-readable', 'The picture could not be read. Check the disk it is on and try again.'),
    );
  }
  return response.ok ? ok(response) : err(appError(codeOf(response.status), await response.text()));
}

/** @param insteadUrl where the picture comes from when the file turns out to have 16 bits a channel. */
async function decode(
  url: string,
  deepUrl: string | null,
  signal: AbortSignal,
  insteadUrl: string | null = null,
): Promise<Result<DecodedPicture>> {
  if (deepUrl !== null && isDecodedByMain(url)) {
    const deep = await decodeDeep(deepUrl);
    if (deep !== null) return ok({ bitmap: deep, isCutOff: false, pictureSize: deep });
  }
  const response = await request(url, signal);
  if (!response.ok) return response;
  try {
    const file = await response.value.blob();
    if (insteadUrl !== null && (await isDeepFile(file))) return decode(insteadUrl, null, signal);
    const deep = deepUrl !== null && (await isDeepFile(file)) ? await decodeDeep(deepUrl) : null;
    const bitmap = deep ?? (await createImageBitmap(file, { imageOrientation: 'from-image' }));
    return ok({
      bitmap,
      isCutOff: await isCutOff(file),
      pictureSize: parseSize(response.value.headers.get('Groundmark-Picture-Size')) ?? bitmap,
    });
  } catch {
    if (signal.aborted) return err(appError('job.cancelled', 'Another picture was asked for.'));
    return err(
      appError(
        'image.undecodable',
        'The picture could not be decoded: its pixels are damaged. Open it in another program and save it anew, or leave it out.',
      ),
    );
  }
}

async function fetchOrNull(url: string, signal: AbortSignal): Promise<Response | null> {
  try {
    return await fetch(url, { signal });
  } catch {
    return null;
  }
}

function codeOf(status: number): AppErrorCode {
  if (status === 403) return 'file.outside-grant';
  if (status === 404) return 'file.not-found';
  if (status === 507) return 'file.disk-full';
  return status === 422 ? 'image.undecodable' : 'file.not-readable';
}

/** Boxes are kept in px of the recorded size, so a picture of another size must not be shown under them. */
function refuseOtherSize(
  size: { readonly width: number; readonly height: number },
  expected: { readonly width: number; readonly height: number },
): AppError | null {
  if (size.width === expected.width && size.height === expected.height) return null;
  return appError(
    'image.undecodable',
    `The file changed since it was added: it is now ${size.width} × ${size.height} px and its labels were drawn on ` +
      `${expected.width} × ${expected.height} px. Put the earlier file back, or scan the folder again.`,
  );
}

async function makeThumbnail(bitmap: ImageBitmap): Promise<PictureAnswer> {
  const scale = Math.min(1, THUMBNAIL_WIDTH / bitmap.width, THUMBNAIL_HEIGHT / bitmap.height);
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) {
    bitmap.close();
    return {
      kind: 'failed',
      error: appError('internal.unexpected', 'No canvas could be had for a thumbnail.'),
    };
  }
  context.imageSmoothingQuality = 'medium';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  let blob = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITIES[0] });
  for (const quality of QUALITIES.slice(1)) {
    if (blob.size <= THUMBNAIL_BYTES) break;
    blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  }
  return { kind: 'thumbnail', bytes: new Uint8Array(await blob.arrayBuffer()) };
}
