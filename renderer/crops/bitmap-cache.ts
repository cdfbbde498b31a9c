/** Bytes of crops that are kept: 5,000 of 80 px, or 1,300 of 160 px. */
const BYTE_LIMIT = 128 * 1024 * 1024;

/** Crops by row, the least recently wanted dropped first once they are too many. */
export interface BitmapCache {
  get(row: number): ImageBitmap | null;
  /** What the bitmap of a row was made for; null when there is none. */
  keyOf(row: number): string | null;
  /** @param needed rows that are on screen: they are never dropped. */
  put(row: number, key: string, bitmap: ImageBitmap, needed: ReadonlySet<number>): void;
  touch(row: number): void;
  readonly byteSize: number;
  clear(): void;
}

export function createBitmapCache(byteLimit: number = BYTE_LIMIT): BitmapCache {
  // Least recently wanted first; a Map keeps the order of insertion.
  const kept = new Map<number, { readonly key: string; readonly bitmap: ImageBitmap }>();
  let bytes = 0;

  function drop(row: number): void {
    const entry = kept.get(row);
    if (entry === undefined) return;
    kept.delete(row);
    bytes -= bytesOf(entry.bitmap);
    entry.bitmap.close();
  }

  return {
    get: (row) => kept.get(row)?.bitmap ?? null,
    keyOf: (row) => kept.get(row)?.key ?? null,
    put(row, key, bitmap, needed) {
      drop(row);
      kept.set(row, { key, bitmap });
      bytes += bytesOf(bitmap);
      for (const old of kept.keys()) {
        if (bytes <= byteLimit) return;
        if (old !== row && !needed.has(old)) drop(old);
      }
    },
    touch(row) {
      const entry = kept.get(row);
      if (entry === undefined) return;
      kept.delete(row);
      kept.set(row, entry);
    },
    get byteSize() {
      return bytes;
    },
    clear() {
      for (const row of [...kept.keys()]) drop(row);
    },
  };
}

function bytesOf(bitmap: ImageBitmap): number {
  return bitmap.width * bitmap.height * 4;
}
