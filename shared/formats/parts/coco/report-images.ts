import type { ProblemQueue } from '../problem-queue';
import { shownId } from './coco-id';
import type { CocoScan } from './scan-coco-file';

/** Says once of a file that names of pictures were places elsewhere. */
export function reportForeignNames({ images, file }: CocoScan, problems: ProblemQueue): void {
  if (images.foreignNames === 0) return;
  problems.warning(
    'coco-foreign-names',
    file.path,
    `${images.foreignNames} file names in ${file.path} are absolute paths or addresses of another machine; what says where they were was cut off, and pictures are found by the rest.`,
  );
}

/** Says of each image that only annotations name how many were left out with it. */
export function reportUnlistedImages({ images, file }: CocoScan, problems: ProblemQueue): void {
  for (const [id, slot] of images.slotById) {
    if (images.keys[slot] !== null) continue;
    const count = images.annotationCounts[slot] ?? 0;
    if (count === 0) continue;
    problems.error(
      'coco-unknown-image',
      file.path,
      `${count} annotations in ${file.path} belong to image ${shownId(id)}, which "images" does not list; they were left out.`,
    );
  }
}
