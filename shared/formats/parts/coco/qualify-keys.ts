import { folderOf, joinedPath, nameOf } from '../picture-index';
import type { ProblemQueue } from '../problem-queue';
import type { CocoScan } from './scan-coco-file';

/**
 * Makes image keys unique over all files of a dataset: a file name that occurs in several files (`1.jpg` in train and in
 * val) gets the split in front, and where that is not enough the folder of its file as well. What still clashes is one
 * picture listed twice; the first stays. Changes the scans in place, before anything was given out.
 */
export function qualifyKeys(scans: readonly CocoScan[], problems: ProblemQueue): void {
  for (const qualified of [withSplit, withFolder]) {
    const clashing = clashingKeys(scans);
    if (clashing.size === 0) return;
    for (const scan of scans) {
      const { keys, listed } = scan.images;
      for (const slot of listed) {
        const key = keys[slot] ?? '';
        if (clashing.has(key)) keys[slot] = qualified(scan, key);
      }
    }
  }
  const seen = new Set<string>();
  for (const { images, file } of scans) {
    const { keys, listed } = images;
    const kept = listed.filter((slot) => {
      const key = keys[slot] ?? '';
      if (!seen.has(key)) {
        seen.add(key);
        return true;
      }
      problems.error(
        'coco-duplicate-image',
        file.path,
        `${file.path} lists ${key} a second time; this entry and its annotations were left out. List each picture once.`,
      );
      return false;
    });
    // In place and without spreading: a million arguments overflow the stack.
    listed.length = 0;
    for (const slot of kept) listed.push(slot);
  }
}

function clashingKeys(scans: readonly CocoScan[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const clashing = new Set<string>();
  for (const { images } of scans) {
    for (const slot of images.listed) {
      const key = images.keys[slot] ?? '';
      if (seen.has(key)) clashing.add(key);
      seen.add(key);
    }
  }
  return clashing;
}

function withSplit({ file }: CocoScan, key: string): string {
  return file.split === null ? key : joinedPath(file.split, key);
}

function withFolder({ file }: CocoScan, key: string): string {
  const folder = folderOf(file.path);
  return joinedPath(nameOf(folder).toLowerCase() === 'annotations' ? folderOf(folder) : folder, key);
}
