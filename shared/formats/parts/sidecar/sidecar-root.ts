import { folderOf, nameOf } from '../picture-index';
import { IMAGES_FILE } from './images-file';
import { LABELS_FILE } from './labels-file';

/** The folder in which our own files about a dataset lie, the topmost of several; null when there are none. */
export function sidecarRoot(paths: readonly string[]): string | null {
  const folders = paths
    .filter((path) => nameOf(path) === IMAGES_FILE || nameOf(path) === LABELS_FILE)
    .map(folderOf);
  return folders.reduce<string | null>(
    (best, folder) => (best === null || folder.length < best.length ? folder : best),
    null,
  );
}
