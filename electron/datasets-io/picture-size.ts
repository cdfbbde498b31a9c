import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import type { Size } from '../../shared/geometry/rect';
import { bytesOnDisk } from '../media/probe/byte-source';
import { PROBES } from '../media/probe/index';
import { displayedSize } from '../media/probe/picture-facts';
import { SIGNATURE_BYTES, sniffFormat } from '../media/probe/signature';

/** Headers of damaged pictures are looked for in this much of the file. */
const HEADER_BYTES = 512 * 1024;

/**
 * The size of a picture file as it is displayed (EXIF orientation applied), in image px; null when it cannot be told.
 * The app's own probes come first, so that a dataset and a scan agree; a picture that they refuse as damaged may still
 * have a readable header, and its labels should not be lost for that.
 */
export async function pictureSize(file: string): Promise<Size | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { size, isFile } = await handle.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile || size === 0) return null;
    const source = bytesOnDisk(handle.fd, size);
    const format = sniffFormat(source.window(0, SIGNATURE_BYTES));
    const facts = format === null ? null : PROBES[format](source);
    if (facts?.ok === true) return displayedSize(facts.value);
    const header = Buffer.alloc(Math.min(size, HEADER_BYTES));
    await handle.read(header, 0, header.length, 0);
    return sizeFromHeader(header);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

function sizeFromHeader(header: Uint8Array): Size | null {
  try {
    const { width, height, orientation = 1 } = imageSize(header);
    if (!(width >= 1 && height >= 1)) return null;
    return orientation >= 5 && orientation <= 8 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
