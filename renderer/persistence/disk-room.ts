/**
 * Room that is left untouched, in bytes. A write that hits the very end of the disk can leave a torn record in
 * Chromium's log file; what is appended behind it later makes the whole file count as corrupt, and Chromium then
 * throws the database away (seen in real Electron 25 on a disk filled to the last byte). So the app stops saving,
 * and says so, while there still is room for the log and for a compaction.
 */
export const RESERVE_IN_BYTES = 48_000_000;

/** With more room than this, one look every half minute is enough; with less, every write looks. */
const PLENTY_IN_BYTES = 1_000_000_000;
const LOOK_EVERY_MS = 30_000;

let lastLook: { readonly room: number; readonly at: number } | null = null;

/** Bytes that may still be stored, by Chromium's own reckoning; null when it cannot tell. About 1 ms. */
async function roomLeft(): Promise<number | null> {
  if (typeof navigator === 'undefined' || navigator.storage === undefined) return null;
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : quota - usage;
  } catch {
    return null;
  }
}

export async function hasRoomToWrite(): Promise<boolean> {
  const now = performance.now();
  if (lastLook !== null && lastLook.room > PLENTY_IN_BYTES && now - lastLook.at < LOOK_EVERY_MS) return true;
  const room = await roomLeft();
  lastLook = room === null ? null : { room, at: now };
  return room === null || room > RESERVE_IN_BYTES;
}
