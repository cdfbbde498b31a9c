import type { AppErrorCode } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { ImageFormat } from '../../../shared/schema/image';
import { MAX_PIXELS, MAX_SIDE } from '../limits';
import type { ByteSource } from './byte-source';

/** What a file's own headers say about the picture in it. */
export interface PictureFacts {
  /** Size as stored in image px, before the orientation is applied. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  /** EXIF orientation 1 to 8. */
  readonly orientation: number;
  /** When it was taken, ISO 8601 in UTC; null when the file does not say. */
  readonly capturedAt: string | null;
}

/** Why a file is no usable picture; `reason` is a sentence for a person that also says how to mend it. */
export interface PictureFault {
  readonly code: Extract<AppErrorCode, `image.${string}`>;
  readonly reason: string;
}

/** Reads the headers of one format and checks that the file is whole. Never decodes and never throws on content. */
export type Probe = (source: ByteSource) => Result<PictureFacts, PictureFault>;

export interface Metadata {
  readonly orientation: number;
  readonly capturedAt: string | null;
}

export const NO_METADATA: Metadata = { orientation: 1, capturedAt: null };

export function fault(code: PictureFault['code'], reason: string): Result<never, PictureFault> {
  return err({ code, reason });
}

/** @param what how one can tell, e.g. `its end marker is missing`. */
export function truncated(what: string): Result<never, PictureFault> {
  return fault(
    'image.truncated',
    `The file is cut off: ${what}. It was probably not copied to its end; copy it again from where it came from.`,
  );
}

export function damaged(what: string): Result<never, PictureFault> {
  return fault(
    'image.undecodable',
    `The file is damaged: ${what}. Open it in another program and save it anew, or leave it out.`,
  );
}

/** The last step of every probe: sizes within bounds, together with what the metadata says. */
export function facts(width: number, height: number, metadata: Metadata): Result<PictureFacts, PictureFault> {
  if (width < 1 || height < 1) return damaged(`its header gives the size as ${width} × ${height} px`);
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    return fault(
      'image.too-large',
      `The picture says it is ${width} × ${height} px. The most is ${MAX_SIDE.toLocaleString('en')} px a side and ` +
        `${MAX_PIXELS.toLocaleString('en')} px in all; cut it into tiles or scale it down.`,
    );
  }
  return ok({ storedWidth: width, storedHeight: height, ...metadata });
}

/** Quarter-turned pictures (orientation 5 to 8) are shown with width and height exchanged. */
export function displayedSize(picture: PictureFacts): { readonly width: number; readonly height: number } {
  return picture.orientation >= 5
    ? { width: picture.storedHeight, height: picture.storedWidth }
    : { width: picture.storedWidth, height: picture.storedHeight };
}

export type ProbeTable = Readonly<Record<ImageFormat, Probe>>;
