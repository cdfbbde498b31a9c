import { type AppError, appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { PROBES } from '../probe';
import { bytesInMemory } from '../probe/byte-source';
import { sniffFormat } from '../probe/signature';
import { loadVips } from '../vips';
import { readBounded } from './read-bounded';

/** Largest picture whose samples are handed over, in px: 200 MB of colour. Larger ones are shown with 8 bits. */
const MOST_PIXELS = 2 ** 25;

/** Width, height and bands come first, 32 bits each, lowest byte first. */
const HEADER_BYTES = 12;

/**
 * The samples of a picture with 16 bits a channel, upright: the header and then the samples row by row, channels side by
 * side, lowest byte first. Null for every other picture, and for those too large to be handed over.
 */
export async function readSamples(file: string): Promise<Result<Uint8Array | null>> {
  const content = await readBounded(file);
  if (!content.ok) return content;
  const format = sniffFormat(content.value);
  if (format !== 'png' && format !== 'tiff') return ok(null);
  const probed = PROBES[format](bytesInMemory(content.value));
  if (!probed.ok) return err(appError(probed.error.code, probed.error.reason));
  if (probed.value.storedWidth * probed.value.storedHeight > MOST_PIXELS) return ok(null);
  const vips = await loadVips();
  const owned: { delete(): void }[] = [];
  try {
    const stored = vips.Image.newFromBuffer(content.value, '', { fail_on: 'error' });
    owned.push(stored);
    if (stored.format !== 'ushort' || stored.bands > 4) return ok(null);
    const upright = stored.autorot();
    owned.push(upright);
    const samples = bytesOf(upright.writeToMemory());
    const answer = new Uint8Array(HEADER_BYTES + samples.length);
    new DataView(answer.buffer).setUint32(0, upright.width, true);
    new DataView(answer.buffer).setUint32(4, upright.height, true);
    new DataView(answer.buffer).setUint32(8, upright.bands, true);
    answer.set(samples, HEADER_BYTES);
    return ok(answer);
  } catch {
    return err(damaged());
  } finally {
    // The WebAssembly heap knows no garbage collection.
    for (const image of owned.reverse()) image.delete();
  }
}

/** libvips gives an array of the picture's own kind of numbers; this machine's lowest byte comes first. */
function bytesOf(memory: ArrayBufferView): Uint8Array {
  return new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength);
}

function damaged(): AppError {
  return appError(
    'image.undecodable',
    'The samples of the picture could not be decoded: they are damaged. Open it in another program and save it anew.',
  );
}
