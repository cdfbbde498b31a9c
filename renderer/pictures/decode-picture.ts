import { type AppError, type AppErrorCode, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { PictureAnswer, PictureTask } from './picture-messages';
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
  const deepUrl = task.kind === 'open' ? task.deepUrl : null;
  const bitmap = await decode(task.url, deepUrl, signal);
  if (!bitmap.ok) return { kind: 'failed', error: bitmap.error };
  if (task.kind === 'thumbnail') return makeThumbnail(bitmap.value);
  return checkedAgainst(bitmap.value, task);
}

function checkedAgainst(
  bitmap: ImageBitmap,
  expected: { readonly width: number; readonly height: number },
): PictureAnswer {
  const mismatch = refuseOtherShape(bitmap, expected);
  if (mismatch === null) return { kind: 'bitmap', bitmap };
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

async function decode(
  url: string,
  deepUrl: string | null,
  signal: AbortSignal,
): Promise<Result<ImageBitmap>> {
  if (deepUrl !== null && isDecodedByMain(url)) {
    const deep = await decodeDeep(deepUrl);
    if (deep !== null) return ok(deep);
  }
  const response = await fetchOrNull(url, signal);
  if (signal.aborted) return err(appError('job.cancelled', 'Another picture was asked for.'));
  if (response === null) {
    return err(
      appError('file.not-readable', 'The picture could not be read. Check the disk it is on and try again.'),
    );
  }
  if (!response.ok) return err(appError(codeOf(response.status), await response.text()));
  try {
    const file = await response.blob();
    const deep = deepUrl !== null && (await isDeepFile(file)) ? await decodeDeep(deepUrl) : null;
    return ok(deep ?? (await createImageBitmap(file, { imageOrientation: 'from-image' })));
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
  return status === 422 ? 'image.undecodable' : 'file.not-readable';
}

/**
 * Boxes are kept in px of the recorded size, so a picture of another shape must not be shown under them. One that was
 * scaled down keeps its shape but for rounding.
 */
function refuseOtherShape(
  bitmap: ImageBitmap,
  expected: { readonly width: number; readonly height: number },
): AppError | null {
  if (bitmap.width === expected.width && bitmap.height === expected.height) return null;
  const scale = Math.max(bitmap.width, bitmap.height) / Math.max(expected.width, expected.height);
  const isScaled =
    scale < 1 &&
    Math.abs(expected.width * scale - bitmap.width) <= 1 &&
    Math.abs(expected.height * scale - bitmap.height) <= 1;
  if (isScaled) return null;
  return appError(
    'image.undecodable',
    `The file changed since it was added: it is now ${bitmap.width} × ${bitmap.height} px and its labels were drawn on ` +
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
