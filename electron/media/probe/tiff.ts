import { METADATA_TAGS, metadataOf } from './exif';
import { damaged, facts, fault, type Probe, truncated } from './picture-facts';
import { readNumbers, readTiffDirectory, readTiffHeader } from './tiff-directory';

const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const STRIP_OFFSETS = 0x0111;
const STRIP_LENGTHS = 0x0117;
const TILE_OFFSETS = 0x0144;
const TILE_LENGTHS = 0x0145;
const DNG_VERSION = 0xc612;

const TAGS: ReadonlySet<number> = new Set([
  ...METADATA_TAGS,
  WIDTH,
  HEIGHT,
  STRIP_OFFSETS,
  STRIP_LENGTHS,
  TILE_OFFSETS,
  TILE_LENGTHS,
  DNG_VERSION,
]);

/** Strips or tiles whose place is checked; a picture at the size limit in 64 px tiles has 262,144. */
const MAX_PIECES = 262_144;

/** Reads the first directory, which is the picture that is shown, and checks that its pixels lie in the file. */
export const probeTiff: Probe = (source) => {
  const header = readTiffHeader(source);
  if (header === null) return truncated('it ends inside its header');
  if (header.firstDirectory + 2 > source.size) return truncated('its directory lies behind its end');
  const directory = readTiffDirectory(source, header, header.firstDirectory, TAGS);
  if (directory === null) return truncated('it ends inside its directory');
  if (directory.has(DNG_VERSION)) {
    return fault(
      'image.unsupported',
      'This is a camera raw file (DNG). Develop it to JPEG, PNG or TIFF with the camera’s program first.',
    );
  }
  const width = readNumbers(source, header, directory.get(WIDTH), 1)?.[0];
  const height = readNumbers(source, header, directory.get(HEIGHT), 1)?.[0];
  if (width === undefined || height === undefined) return damaged('its header gives no size');
  const checked = facts(width, height, metadataOf(source, header, directory));
  if (!checked.ok) return checked;
  const offsets = directory.get(directory.has(TILE_OFFSETS) ? TILE_OFFSETS : STRIP_OFFSETS);
  const lengths = directory.get(directory.has(TILE_OFFSETS) ? TILE_LENGTHS : STRIP_LENGTHS);
  if (offsets === undefined || offsets.count === 0) return damaged('it does not say where its pixels are');
  const end = endOfPixels(
    readNumbers(source, header, offsets, MAX_PIECES),
    // Old writers leave the lengths out; the offsets alone still show a file that ends before them.
    lengths === undefined ? [] : readNumbers(source, header, lengths, MAX_PIECES),
  );
  if (end === null) return truncated('it ends inside its directory');
  if (end > source.size) return truncated(`its pixels reach to byte ${end} and it has ${source.size}`);
  return checked;
};

/** The byte behind the last strip or tile; null when a list of them is not there. */
function endOfPixels(offsets: readonly number[] | null, lengths: readonly number[] | null): number | null {
  if (offsets === null || lengths === null) return null;
  let end = 0;
  for (const [index, offset] of offsets.entries()) end = Math.max(end, offset + (lengths[index] ?? 1));
  return end;
}
