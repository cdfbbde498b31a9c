import fs from 'node:fs/promises';
import { bytesOnDisk } from '../probe/byte-source';
import { SIGNATURE_BYTES, sniffFormat } from '../probe/signature';
import { readNumbers, readTiffDirectory, readTiffHeader } from '../probe/tiff-directory';

const ROWS_PER_STRIP = 0x0116;

/** Rows of one strip of a TIFF; null for other formats, and for TIFF that does not say or is tiled. */
export async function rowsPerTiffStrip(file: string): Promise<number | null> {
  const handle = await fs.open(file, 'r');
  try {
    const source = bytesOnDisk(handle.fd, (await handle.stat()).size);
    if (sniffFormat(source.window(0, SIGNATURE_BYTES)) !== 'tiff') return null;
    const header = readTiffHeader(source);
    if (header === null) return null;
    const directory = readTiffDirectory(source, header, header.firstDirectory, new Set([ROWS_PER_STRIP]));
    const rows = readNumbers(source, header, directory?.get(ROWS_PER_STRIP), 1)?.[0];
    return rows !== undefined && Number.isInteger(rows) && rows > 0 ? rows : null;
  } finally {
    await handle.close();
  }
}
