import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './electron-app';

/** A disk of its own that a test can fill to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves less room than one small record needs, or as little as is said. */
  fill(roomLeftInBytes?: number): void;
  empty(): void;
  unmount(): void;
}

/** Room for an Electron profile and for what the app keeps in reserve. */
const SIZE_IN_MB = 160;
/** Less than LevelDB and a blob of 200 annotations need together. */
const ROOM_LEFT_IN_BYTES = 100_000;

/** Mounts a small disk in memory; null where that is not allowed (only root on Linux may). */
export function mountSmallDisk(): SmallDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = temporaryFolder('small-disk');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_IN_MB}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill(roomLeftInBytes = ROOM_LEFT_IN_BYTES) {
      const { bavail, bsize } = fs.statfsSync(folder);
      fs.writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - roomLeftInBytes)));
    },
    empty: () => fs.rmSync(ballast, { force: true }),
    // Lazily: a process that was killed may need a moment to let go of its files.
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}
