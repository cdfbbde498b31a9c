import { joinedPath, withoutExtension } from '../parts/picture-index';

/**
 * Where Ultralytics looks for a picture's labels: the last `images` folder of its path becomes `labels`, and the
 * extension `.txt`. A picture in no such folder has its labels beside it. Paths are relative to the dataset, whose
 * own folder may not be seen from inside, so a path that begins with `images/` counts as well.
 */
export function labelPathOf(picturePath: string): string {
  const marked = `/${withoutExtension(picturePath)}`;
  const at = marked.lastIndexOf('/images/');
  const swapped = at < 0 ? marked : `${marked.slice(0, at)}/labels/${marked.slice(at + '/images/'.length)}`;
  return `${swapped.slice(1)}.txt`;
}

/** The other way round, without the extension: `labels/train/1.txt` -> `images/train/1`. */
export function pictureStemOf(labelPath: string): string {
  const marked = `/${withoutExtension(labelPath)}`;
  const at = marked.toLowerCase().lastIndexOf('/labels/');
  const swapped = at < 0 ? marked : `${marked.slice(0, at)}/images/${marked.slice(at + '/labels/'.length)}`;
  return swapped.slice(1);
}

/** An image's key: its path below the dataset without the first `images` folder. The writer puts that folder in front. */
export function keyOfPicture(pathInDataset: string): string {
  const marked = `/${pathInDataset}`;
  const at = marked.indexOf('/images/');
  if (at < 0) return pathInDataset;
  return joinedPath(marked.slice(1, Math.max(at, 1)), marked.slice(at + '/images/'.length));
}

/** Darknet's folders of pictures and labels, named after their split. */
const DATA_FOLDER = /^obj_[^/]*data\//i;

/** In Darknet's layout the folder of a split stands in front instead. */
export function keyOfDarknetPicture(pathInDataset: string): string {
  return pathInDataset.replace(DATA_FOLDER, '');
}
