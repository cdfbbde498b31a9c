/**
 * Largest side in image px. JPEG writes sides in 16 bits and libjpeg, in every browser and trainer, stops at 65,500;
 * what is wider cannot be shown nor exported as JPEG.
 */
export const MAX_SIDE = 65_500;

/**
 * Largest picture in px: 2^31, whose tiles take 8.6 GB on disk. Pictures beyond some thousand px a side are read in
 * strips, so memory sets no limit here. A few bytes of header can promise more, so this is checked before decoding.
 */
export const MAX_PIXELS = 2 ** 31;

/** Files up to this many bytes are read whole; larger ones are hashed in pieces and probed by position. */
export const WHOLE_FILE_BYTES = 4 * 1024 * 1024;

/** Most headers, chunks or boxes that are followed in one file; an honest 1 GB PNG in 8 KB chunks has 131,072. */
export const MAX_PARTS = 1_000_000;

/** Largest metadata block (EXIF, ICC, meta box) that is read into memory, in bytes. */
export const MAX_METADATA_BYTES = 1024 * 1024;
