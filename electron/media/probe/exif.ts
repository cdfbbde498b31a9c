import type { ByteSource } from './byte-source';
import { type Metadata, NO_METADATA } from './picture-facts';
import {
  readNumbers,
  readText,
  readTiffDirectory,
  readTiffHeader,
  type TiffDirectory,
  type TiffHeader,
} from './tiff-directory';

const ORIENTATION = 0x0112;
const EXIF_DIRECTORY = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;
const OFFSET_TIME_ORIGINAL = 0x9011;

/** Tags of the main directory that `metadataOf` needs. */
export const METADATA_TAGS = [ORIENTATION, EXIF_DIRECTORY] as const;

const MAIN_TAGS: ReadonlySet<number> = new Set(METADATA_TAGS);
const EXIF_TAGS: ReadonlySet<number> = new Set([DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL]);

/** Orientation and capture time of an EXIF block. Damaged metadata is no reason to lose a picture: it reads as none. */
export function readExif(block: ByteSource): Metadata {
  const header = readTiffHeader(block);
  if (header === null) return NO_METADATA;
  const main = readTiffDirectory(block, header, header.firstDirectory, MAIN_TAGS);
  return main === null ? NO_METADATA : metadataOf(block, header, main);
}

export function metadataOf(source: ByteSource, header: TiffHeader, main: TiffDirectory): Metadata {
  const orientation = readNumbers(source, header, main.get(ORIENTATION), 1)?.[0] ?? 1;
  const exifAt = readNumbers(source, header, main.get(EXIF_DIRECTORY), 1)?.[0];
  const exif = exifAt === undefined ? null : readTiffDirectory(source, header, exifAt, EXIF_TAGS);
  const taken = readText(source, exif?.get(DATE_TIME_ORIGINAL));
  const zone = readText(source, exif?.get(OFFSET_TIME_ORIGINAL));
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    capturedAt: taken === null ? null : exifTimestamp(taken, zone),
  };
}

/**
 * `2024:05:17 08:30:00` with an optional zone `+02:00` as ISO 8601 in UTC. Cameras mostly write no zone; their clock is
 * then taken as UTC, which keeps pictures in order. Dates that no calendar has (`0000:00:00 …`) give null.
 */
export function exifTimestamp(text: string, zone: string | null): string | null {
  const parts = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  // Date.UTC rolls over (month 13, 31 February) and moves years below 100; neither is a date that a camera meant.
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const offset = zone === null ? null : /^([+-])(\d{2}):(\d{2})/.exec(zone);
  const offsetMinutes =
    offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  return new Date(time - offsetMinutes * 60_000).toISOString();
}
