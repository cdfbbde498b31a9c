import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { performTask } from '../pictures/decode-picture';
import type { CropAnswer, CropOrder, CropPicture, CropTask } from './crop-messages';
import { pixelsOf } from './crop-region';
import { LOOK_SIDE, lookOf } from './look-descriptor';

// Runs in the crop worker.

/** Decoded pictures that are kept for the next crops of them: eight of 1080p. */
const BYTE_LIMIT = 64 * 1024 * 1024;

/** A part of a huge picture is asked for at full size up to this side in image px; beyond, its overview is as sharp. */
const LONGEST_PART = 1024;

/** Lines of a crop in device px: the colour, and a dark rim that is seen on white. */
const LINE_WIDTH = 1.5;
const RIM_WIDTH = 3;
const RIM_COLOR = 'rgb(0 0 0 / 55%)';

export interface CropMaker {
  make(task: CropTask, signal: AbortSignal): Promise<CropAnswer>;
}

export function createCropMaker(): CropMaker {
  // Least recently used first; a Map keeps the order of insertion.
  const kept = new Map<string, ImageBitmap>();
  let bytes = 0;

  async function open(
    { contentHash, open: task }: CropPicture,
    signal: AbortSignal,
  ): Promise<Result<ImageBitmap>> {
    const known = kept.get(contentHash);
    if (known !== undefined) {
      kept.delete(contentHash);
      kept.set(contentHash, known);
      return ok(known);
    }
    const answer = await performTask(task, signal);
    if (answer.kind === 'failed') return err(answer.error);
    if (answer.kind !== 'bitmap') return err(noPicture());
    kept.set(contentHash, answer.bitmap);
    bytes += bytesOf(answer.bitmap);
    for (const [hash, old] of kept) {
      if (bytes <= BYTE_LIMIT || hash === contentHash) break;
      kept.delete(hash);
      bytes -= bytesOf(old);
      old.close();
    }
    return ok(answer.bitmap);
  }

  async function make(task: CropTask, signal: AbortSignal): Promise<CropAnswer> {
    const { picture, crops } = task;
    const inParts = picture.partUrl === null ? [] : crops.filter(({ region }) => region.side <= LONGEST_PART);
    const ofWhole = picture.partUrl === null ? crops : crops.filter((crop) => !inParts.includes(crop));
    const made: { row: number; canvas: OffscreenCanvas }[] = [];
    const side = task.kind === 'look' ? LOOK_SIDE : task.side;
    if (ofWhole.length > 0) {
      const bitmap = await open(picture, signal);
      if (!bitmap.ok) return { kind: 'failed', error: bitmap.error };
      for (const crop of ofWhole) {
        const canvas = draw(crop, side, bitmap.value, { x: 0, y: 0, ...sizeOf(picture) });
        if (canvas === null) return { kind: 'failed', error: noCanvas() };
        made.push({ row: crop.row, canvas });
      }
    }
    for (const crop of inParts) {
      const canvas = await drawPart(crop, side, picture, signal);
      if (!canvas.ok) return { kind: 'failed', error: canvas.error };
      made.push({ row: crop.row, canvas: canvas.value });
    }
    return task.kind === 'draw'
      ? {
          kind: 'drawn',
          crops: made.map(({ row, canvas }) => ({ row, bitmap: canvas.transferToImageBitmap() })),
        }
      : { kind: 'look', looks: made.flatMap(({ row, canvas }) => lookAt(row, canvas)) };
  }

  return { make };
}

async function drawPart(
  crop: CropOrder,
  side: number,
  picture: CropPicture,
  signal: AbortSignal,
): Promise<Result<OffscreenCanvas>> {
  const pixels = pixelsOf(crop.region, sizeOf(picture));
  if (pixels === null || picture.partUrl === null) return err(noPicture());
  const { before, after } = picture.partUrl;
  const url = `${before}${pixels.x}/${pixels.y}/${pixels.width}/${pixels.height}${after}`;
  const answer = await performTask(
    { kind: 'open', url, deepUrl: null, salvageUrl: null, width: pixels.width, height: pixels.height },
    signal,
  );
  if (answer.kind === 'failed') return err(answer.error);
  if (answer.kind !== 'bitmap') return err(noPicture());
  const canvas = draw(crop, side, answer.bitmap, pixels);
  answer.bitmap.close();
  return canvas === null ? err(noCanvas()) : ok(canvas);
}

/** @param place where the bitmap lies on the picture, in image px; it may have fewer px than that. */
function draw(
  { region, outline, color }: CropOrder,
  side: number,
  bitmap: ImageBitmap,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): OffscreenCanvas | null {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const scale = side / region.side;
  const pixels = pixelsOf(region, { width: place.x + place.width, height: place.y + place.height });
  if (pixels !== null) {
    // Only the part that is shown is read: scaling a whole picture for each of its crops would cost the most.
    const across = bitmap.width / place.width;
    const down = bitmap.height / place.height;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(
      bitmap,
      (pixels.x - place.x) * across,
      (pixels.y - place.y) * down,
      pixels.width * across,
      pixels.height * down,
      (pixels.x - region.x) * scale,
      (pixels.y - region.y) * scale,
      pixels.width * scale,
      pixels.height * scale,
    );
  }
  if (color !== null) drawOutline(context, outline, color, scale, region);
  return canvas;
}

function drawOutline(
  context: OffscreenCanvasRenderingContext2D,
  outline: readonly Float32Array[],
  color: string,
  scale: number,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  context.beginPath();
  for (const line of outline) {
    for (let at = 0; at + 1 < line.length; at += 2) {
      const px = ((line[at] ?? 0) - x) * scale;
      const py = ((line[at + 1] ?? 0) - y) * scale;
      if (at === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
      // A line of one point is a dot.
      if (line.length === 2) context.arc(px, py, RIM_WIDTH, 0, 2 * Math.PI);
    }
  }
  context.lineJoin = 'round';
  context.strokeStyle = RIM_COLOR;
  context.lineWidth = RIM_WIDTH;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = LINE_WIDTH;
  context.stroke();
}

function lookAt(row: number, canvas: OffscreenCanvas): { row: number; look: Float32Array }[] {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, LOOK_SIDE, LOOK_SIDE).data;
  return pixels === undefined ? [] : [{ row, look: lookOf(pixels) }];
}

function sizeOf({ open }: CropPicture) {
  return { width: open.width, height: open.height };
}

function bytesOf(bitmap: ImageBitmap): number {
  return bitmap.width * bitmap.height * 4;
}

function noPicture(): AppError {
  return appError('internal.unexpected', 'The picture of this object could not be cut.');
}

function noCanvas(): AppError {
  return appError('internal.unexpected', 'No canvas could be had to draw the picture of an object.');
}
