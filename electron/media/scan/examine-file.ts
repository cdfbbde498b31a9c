import type { Sha256 } from '../../../shared/schema/ids';
import type { FileProblem, ImageFormat, ScannedImage } from '../../../shared/schema/image';
import { PROBES } from '../probe';
import type { ByteSource } from '../probe/byte-source';
import { displayedSize } from '../probe/picture-facts';
import { describeContent, SIGNATURE_BYTES, sniffFormat } from '../probe/signature';
import { extensionOf, formatOfExtension, isCameraRaw, isUnreadPicture } from './file-extension';

/** What became of one file. An image may come with a warning; a file that is no picture at all is passed over. */
export interface Examined {
  readonly image: ScannedImage | null;
  readonly problem: FileProblem | null;
}

export const PASSED_OVER: Examined = { image: null, problem: null };

/** A file whose bytes can be had; `hash` is asked for only when the file is a sound picture. */
export interface FileContent {
  readonly key: string;
  readonly bytes: ByteSource;
  /** Milliseconds since 1970. */
  readonly modifiedAtMs: number;
  readonly hash: () => string;
}

/** Decides by content what a file is, checks that it is whole, and makes its record or the reason why not. */
export function examineFile(content: FileContent): Examined {
  const { key, bytes } = content;
  const extension = extensionOf(key);
  const expected = formatOfExtension(extension);
  const refuse = (code: string, reason: string): Examined => ({
    image: null,
    problem: { key, code, reason },
  });

  if (bytes.size === 0) {
    return expected === null && !isUnreadPicture(extension)
      ? PASSED_OVER
      : refuse(
          'image.empty',
          'The file is empty (0 bytes). Copy it again from where it came from, or delete it.',
        );
  }
  const head = bytes.window(0, SIGNATURE_BYTES);
  const format = isCameraRaw(extension) ? null : sniffFormat(head);
  if (format === null) {
    if (expected === null && !isUnreadPicture(extension)) return PASSED_OVER;
    return notAPicture(key, extension, head);
  }
  const probed = PROBES[format](bytes);
  if (!probed.ok) return refuse(probed.error.code, probed.error.reason);
  return {
    image: {
      key,
      // The digest is hex of the right length by construction; parsing 100,000 of them would only cost time.
      contentHash: content.hash() as Sha256,
      byteSize: bytes.size,
      modifiedAt: timestamp(content.modifiedAtMs),
      format,
      ...displayedSize(probed.value),
      exifOrientation: probed.value.orientation,
      capturedAt: probed.value.capturedAt,
    },
    problem: extension === '' || expected === format ? null : mislabelledWarning(key, extension, format),
  };
}

const NAMES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  bmp: 'BMP',
  gif: 'GIF',
  tiff: 'TIFF',
  avif: 'AVIF',
};

function mislabelledWarning(key: string, extension: string, format: ImageFormat): FileProblem {
  return {
    key,
    code: 'image.mislabelled',
    reason:
      `The name ends with .${extension} but the picture is ${NAMES[format]}. It was added; rename the file if other ` +
      'programs refuse it.',
  };
}

function notAPicture(key: string, extension: string, head: Buffer): Examined {
  const refuse = (code: string, reason: string): Examined => ({
    image: null,
    problem: { key, code, reason },
  });
  if (isCameraRaw(extension)) {
    return refuse(
      'image.unsupported',
      'This is a camera raw file. Develop it to JPEG, PNG or TIFF with the camera’s program first.',
    );
  }
  const looks = describeContent(head);
  if (looks.isPicture) {
    return refuse(
      'image.unsupported',
      `This is ${looks.name}, a format that Groundmark does not read. Convert it to JPEG, PNG, WebP, TIFF or AVIF.`,
    );
  }
  if (formatOfExtension(extension) === null) return PASSED_OVER;
  return refuse(
    'image.mislabelled',
    `The name ends with .${extension} but the file is ${looks.name}. Put the right file in its place or delete it.`,
  );
}

/** ISO 8601; 1970 for file times that no calendar year of four digits holds, which broken disks have. */
function timestamp(milliseconds: number): string {
  const isOrdinary = milliseconds > -62_135_596_800_000 && milliseconds < 253_402_300_799_000;
  return new Date(isOrdinary ? Math.round(milliseconds) : 0).toISOString();
}
