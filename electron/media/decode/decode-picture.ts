import fs from 'node:fs/promises';
import type Vips from 'wasm-vips';
import { isTiled } from '../../../shared/geometry/tile-pyramid';
import { type AppError, appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { PROBES } from '../probe';
import { bytesOnDisk } from '../probe/byte-source';
import type { PictureFacts } from '../probe/picture-facts';
import { SIGNATURE_BYTES, sniffFormat } from '../probe/signature';
import { faultToError, fileFault } from '../scan/file-fault';
import { makeSmallPng } from '../tiles/make-overview';
import { loadVips } from '../vips';
import { readBounded } from './read-bounded';

/** Cameras and scanners put 10 to 12 bits into 16; the upper byte alone would show such pictures as black. */
const TWELVE_BITS = 4095;

/**
 * Decodes a picture that Chromium cannot (TIFF, 16-bit) to PNG for viewing: upright, sRGB, 8 bits a channel, the
 * longest side at most `maxSide` px. Huge pictures are read in strips and never held. `image.undecodable` when the content is broken, `image.too-large` when it is beyond
 * what can be held.
 */
export async function decodeToPng(file: string, maxSide: number): Promise<Result<Uint8Array>> {
  const probed = await probeFile(file);
  if (!probed.ok) return probed;
  const vips = await loadVips();
  const { storedWidth, storedHeight } = probed.value;
  if (isTiled({ width: storedWidth, height: storedHeight })) return makeSmallPng(vips, file, maxSide);
  const content = await readBounded(file);
  if (!content.ok) return content;
  const owned: { delete(): void }[] = [];
  const own = <T extends { delete(): void }>(image: T): T => {
    owned.push(image);
    return image;
  };
  try {
    let image = own(own(vips.Image.newFromBuffer(content.value, '', { fail_on: 'error' })).autorot());
    image = toEightBits(image, own);
    const longest = Math.max(image.width, image.height);
    if (longest > maxSide) image = own(image.resize(maxSide / longest));
    return ok(image.writeToBuffer('.png', { compression: 1, keep: 'none' }));
  } catch (thrown) {
    return err(undecodable(firstLine(thrown)));
  } finally {
    // The WebAssembly heap knows no garbage collection.
    for (const image of owned.reverse()) image.delete();
  }
}

async function probeFile(file: string): Promise<Result<PictureFacts>> {
  try {
    const handle = await fs.open(file, 'r');
    try {
      const source = bytesOnDisk(handle.fd, (await handle.stat()).size);
      const format = sniffFormat(source.window(0, SIGNATURE_BYTES));
      if (format === null) return err(undecodable('it is no picture'));
      const probed = PROBES[format](source);
      return probed.ok ? probed : err(appError(probed.error.code, probed.error.reason));
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(faultToError(fileFault(thrown, 'file')));
  }
}

type Own = <T extends { delete(): void }>(image: T) => T;

function toEightBits(image: Vips.Image, own: Own): Vips.Image {
  let result = image;
  if (result.format === 'ushort' && result.bands <= 2) {
    const most = result.max();
    const scale = most > 0 && most <= TWELVE_BITS ? 255 / most : 1 / 257;
    return own(own(result.linear(scale, 0)).cast('uchar'));
  }
  if (result.format !== 'uchar' && result.format !== 'ushort') {
    // Floats, and integers beyond 16 bits, have no agreed white: darkest to brightest is what can be shown.
    result = own(result.scale());
  }
  const isGrey = result.bands <= 2;
  if (!isGrey && result.interpretation !== 'srgb') result = own(result.colourspace('srgb'));
  return result.format === 'uchar' ? result : own(own(result.linear(1 / 257, 0)).cast('uchar'));
}

function undecodable(why: string): AppError {
  return appError(
    'image.undecodable',
    `The picture could not be decoded: ${why}. Open it in another program and save it anew, or leave it out.`,
  );
}

/** libvips throws WebAssembly exceptions, which carry no text. */
function firstLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : '';
  return text.split('\n', 1)[0]?.slice(0, 200) || 'its pixels are damaged';
}
