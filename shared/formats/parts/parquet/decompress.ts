import { type Compressors, type FileMetaData, snappyUncompress } from 'hyparquet';

/** Pages are 1 MB by convention. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024;

type Decompress = (input: Uint8Array, outputLength: number) => Uint8Array;

/**
 * What opens the pages of a file, each bounded by the length that it claims. Codecs beside Snappy are loaded when a file
 * needs one: their package runs WebAssembly as it is loaded, which not every process of the app may.
 */
export async function boundedCompressors({ row_groups: groups }: FileMetaData): Promise<Compressors> {
  const codecs = new Set(groups.flatMap(({ columns }) => columns.map(({ meta_data: meta }) => meta?.codec)));
  codecs.delete('UNCOMPRESSED');
  codecs.delete('SNAPPY');
  codecs.delete(undefined);
  const known: Compressors = { SNAPPY: bounded(snappyInto) };
  if (codecs.size === 0) return known;
  const { compressors } = await import('hyparquet-compressors');
  for (const codec of ['GZIP', 'BROTLI', 'LZ4', 'LZ4_RAW', 'ZSTD'] as const) {
    const decompress = compressors[codec];
    if (decompress === undefined) continue;
    known[codec] = bounded((input, outputLength) => {
      if (codec === 'ZSTD' && zstdContentSize(input) !== outputLength) {
        throw new Error('a page does not say how large it becomes');
      }
      return decompress(input, outputLength);
    });
  }
  return known;
}

function bounded(decompress: Decompress): Decompress {
  return (input, outputLength) => {
    if (!(outputLength >= 0 && outputLength <= MAX_PAGE_BYTES)) throw new Error('a page is too large');
    return decompress(input, outputLength);
  };
}

function snappyInto(input: Uint8Array, outputLength: number): Uint8Array {
  const output = new Uint8Array(outputLength);
  snappyUncompress(input, output);
  return output;
}

/** The size that the header of a Zstandard frame gives (RFC 8878, 3.1.1.1), or null when it gives none. */
export function zstdContentSize(frame: Uint8Array): number | null {
  const [a = 0, b = 0, c = 0, d = 0, descriptor = 0] = frame;
  if (a !== 0x28 || b !== 0xb5 || c !== 0x2f || d !== 0xfd) return null;
  const flag = descriptor >> 6;
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (isSingle ? 0 : 1) + dictionaryBytes;
  const bytes = flag === 0 ? (isSingle ? 1 : 0) : 2 ** flag;
  if (bytes === 0 || at + bytes > frame.length) return null;
  let size = 0;
  for (let byte = bytes - 1; byte >= 0; byte -= 1) size = size * 256 + (frame[at + byte] ?? 0);
  return flag === 1 ? size + 256 : size;
}
