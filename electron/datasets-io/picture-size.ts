import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import type { Size } from '../../shared/geometry/rect';
import { type ByteSource, bytesInMemory, bytesOnDisk } from '../media/probe/byte-source';
import { PROBES } from '../media/probe/index';
import { displayedSize } from '../media/probe/picture-facts';
import { SIGNATURE_BYTES, sniffFormat } from '../media/probe/signature';

/** Headers of damaged pictures are looked for in this much of the file. */
const HEADER_BYTES = 512 * 1024;

/** How a picture is displayed. */
export interface PictureFrame {
  /** Displayed size in image px (EXIF orientation applied). */
  readonly size: Size;
  /** EXIF orientation 1 to 8; 1 is upright. */
  readonly orientation: number;
}

/**
 * The displayed size of a picture file and its orientation; null when they cannot be told. The app's own probes come
 * first, so that a dataset and a scan agree; a picture that they refuse as damaged may still have a readable header, and
 * its labels should not be lost for that.
 */
export async function pictureFrame(file: string): Promise<PictureFrame | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { size, isFile } = await handle.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile || size === 0) return null;
    const probed = probedFrame(bytesOnDisk(handle.fd, size));
    if (probed !== null) return probed;
    const header = Buffer.alloc(Math.min(size, HEADER_BYTES));
    await handle.read(header, 0, header.length, 0);
    return frameFromHeader(header);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/** As `pictureFrame`, of the size alone. */
export async function pictureSize(file: string): Promise<Size | null> {
  return (await pictureFrame(file))?.size ?? null;
}

/** As `pictureFrame`, of a picture's bytes or the first half megabyte of them. */
export function frameOfPictureBytes(bytes: Uint8Array): PictureFrame | null {
  try {
    return (
      probedFrame(bytesInMemory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) ??
      frameFromHeader(bytes)
    );
  } catch {
    return null;
  }
}

function probedFrame(source: ByteSource): PictureFrame | null {
  const format = sniffFormat(source.window(0, SIGNATURE_BYTES));
  const facts = format === null ? null : PROBES[format](source);
  return facts?.ok === true
    ? { size: displayedSize(facts.value), orientation: facts.value.orientation }
    : null;
}

function frameFromHeader(header: Uint8Array): PictureFrame | null {
  try {
    const { width, height, orientation = 1 } = imageSize(header);
    if (!(width >= 1 && height >= 1)) return null;
    const isTurned = orientation >= 5 && orientation <= 8;
    return {
      size: isTurned ? { width: height, height: width } : { width, height },
      orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    };
  } catch {
    return null;
  }
}
