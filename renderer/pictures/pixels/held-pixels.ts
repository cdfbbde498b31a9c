import type { Rect, Size } from '../../../shared/geometry/rect';
import { OVERVIEW_SIDE } from '../../../shared/geometry/tile-pyramid';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { type DeepPixels, fittingWindow, type SampleWindow, windowed } from './deep-pixels';
import { fetchPixels } from './fetch-pixels';
import type { PixelPicture } from './pixel-messages';

/** Pictures up to this many px are held whole: 128 MB as RGBA. Of larger ones only the window that is worked on. */
const MOST_WHOLE_PIXELS = 2 ** 25;

/** Sides of a window of a large picture in image px, at least; so that working nearby reads nothing anew. */
const WINDOW_SIDE = 2048;

/** Pixels of a window of the picture, in image px. */
export interface HeldPixels {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Eight bits a channel; of deep pictures in the window that fits them. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly deep: { readonly pixels: DeepPixels; readonly fitting: SampleWindow } | null;
}

/** Keeps pixels of one picture: one window of it, and one small enough version of all of it. */
export interface PixelKeeper {
  /** The pixels around a rectangle in image px, which is cut to the picture first. */
  pixelsOf(picture: PixelPicture, wanted: Rect): Promise<Result<HeldPixels>>;
  /** The whole picture; a large one scaled down, so that width and height are smaller than the picture's. */
  overviewOf(picture: PixelPicture): Promise<Result<HeldPixels>>;
  release(): void;
}

export function createPixelKeeper(): PixelKeeper {
  let url: string | null = null;
  let held: HeldPixels | null = null;
  let overview: HeldPixels | null = null;

  function turnTo(picture: PixelPicture): void {
    if (picture.url === url) return;
    url = picture.url;
    held = null;
    overview = null;
  }

  async function pixelsOf(picture: PixelPicture, wanted: Rect): Promise<Result<HeldPixels>> {
    turnTo(picture);
    if (held !== null && covers(held, cut(wanted, picture))) return ok(held);
    // Before the next window is read: two of them would be twice the memory.
    held = null;
    const read = await readPixels(picture, isHeldWhole(picture) ? wholeOf(picture) : around(wanted, picture));
    if (read.ok && picture.url === url) held = read.value;
    return read;
  }

  return {
    pixelsOf,
    async overviewOf(picture) {
      turnTo(picture);
      if (isHeldWhole(picture)) return pixelsOf(picture, wholeOf(picture));
      if (overview !== null) return ok(overview);
      const { width, height } = picture;
      // What is shown from tiles has no more px in its overview.
      const most = picture.partUrl === null ? 1 : OVERVIEW_SIDE / Math.max(width, height);
      const scale = Math.min(Math.sqrt(MOST_WHOLE_PIXELS / (width * height)), most);
      const read = await readPixels(picture, wholeOf(picture), {
        width: Math.max(1, Math.floor(width * scale)),
        height: Math.max(1, Math.floor(height * scale)),
      });
      if (read.ok && picture.url === url) overview = read.value;
      return read;
    },
    release() {
      url = null;
      held = null;
      overview = null;
    },
  };
}

/** Parts of a picture that is shown from tiles are at hand; the whole of it would have to be put together. */
function isHeldWhole({ width, height, partUrl }: PixelPicture): boolean {
  return partUrl === null && width * height <= MOST_WHOLE_PIXELS;
}

function wholeOf({ width, height }: PixelPicture): Rect {
  return { x: 0, y: 0, width, height };
}

async function readPixels(
  picture: PixelPicture,
  window: Rect,
  size: Size | null = null,
): Promise<Result<HeldPixels>> {
  const fetched = await fetchPixels(picture, window, size);
  if (!fetched.ok) return fetched;
  const place = {
    left: window.x,
    top: window.y,
    width: (size ?? window).width,
    height: (size ?? window).height,
  };
  if (fetched.value.kind === 'shallow') return ok({ ...place, rgba: fetched.value.image.data, deep: null });
  const { pixels } = fetched.value;
  if (pixels.width !== window.width || pixels.height !== window.height) {
    return err(
      appError(
        'image.undecodable',
        'The file has another size than when it was added. Scan its folder again.',
      ),
    );
  }
  const fitting = fittingWindow(pixels);
  return ok({ ...place, rgba: windowed(pixels, fitting), deep: { pixels, fitting } });
}

/** The least window of whole px around what is wanted that is worth reading, moved into the picture. */
function around(wanted: Rect, picture: PixelPicture): Rect {
  const side = (from: number, length: number, whole: number): readonly [number, number] => {
    const size = Math.min(Math.max(Math.ceil(length), WINDOW_SIDE), whole);
    const start = Math.round(from + length / 2 - size / 2);
    return [Math.min(Math.max(start, 0), whole - size), size];
  };
  const [x, width] = side(wanted.x, wanted.width, picture.width);
  const [y, height] = side(wanted.y, wanted.height, picture.height);
  return { x, y, width, height };
}

function cut(wanted: Rect, picture: PixelPicture): Rect {
  const x = Math.max(wanted.x, 0);
  const y = Math.max(wanted.y, 0);
  return {
    x,
    y,
    width: Math.min(wanted.x + wanted.width, picture.width) - x,
    height: Math.min(wanted.y + wanted.height, picture.height) - y,
  };
}

function covers(held: HeldPixels, wanted: Rect): boolean {
  return (
    wanted.x >= held.left &&
    wanted.y >= held.top &&
    wanted.x + wanted.width <= held.left + held.width &&
    wanted.y + wanted.height <= held.top + held.height
  );
}
