import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { folderOf, isPicturePath, nameOf, withoutExtension } from '../parts/picture-index';
import { sidecarRoot } from '../parts/sidecar/sidecar-root';
import { splitFromName } from '../parts/split-name';

export const PICTURES = 'leftImg8bit';

export type GroundTruth = 'polygons' | 'instanceIds' | 'labelIds' | 'labelTrainIds';

/** One picture and the files that say what is in it. */
export interface CityscapesEntry {
  /** `<split>/<city>/<name>`, the same for the picture and all of its files. */
  readonly place: string;
  readonly split: Split | null;
  readonly picturePath: string | null;
  readonly files: ReadonlyMap<GroundTruth, string>;
}

export interface CityscapesFolder {
  /** The folder in which gtFine and leftImg8bit lie. */
  readonly root: string;
  readonly entries: readonly CityscapesEntry[];
  readonly labelColors: string | null;
}

const GROUND_TRUTH =
  /^(?:(.*)\/)?gt(?:Fine|Coarse)\/(.+)_gt(?:Fine|Coarse)_(polygons\.json|instanceIds\.png|labelIds\.png|labelTrainIds\.png)$/;
const PICTURE = /^(?:(.*)\/)?leftImg8bit\/(.+)_leftImg8bit\.[a-z]+$/i;

/** Everything of a Cityscapes folder, sorted by place; null when it is none. Fine labels win over coarse ones. */
export async function findCityscapes(folder: DatasetFolder): Promise<CityscapesFolder | null> {
  const paths = (await folder.list()).map((file) => file.path);
  const byPlace = new Map<string, { picturePath: string | null; files: Map<GroundTruth, string> }>();
  const entryOf = (place: string) => {
    const entry = byPlace.get(place) ?? { picturePath: null, files: new Map<GroundTruth, string>() };
    byPlace.set(place, entry);
    return entry;
  };
  let root: string | null = null;
  // gtFine sorts after gtCoarse, so that it is the one that stays.
  for (const path of paths) {
    const match = GROUND_TRUTH.exec(path);
    if (match === null) continue;
    if (root === null || (match[1] ?? '').length < root.length) root = match[1] ?? '';
    entryOf(match[2] ?? '').files.set((match[3] ?? '').replace(/\..*$/, '') as GroundTruth, path);
  }
  const ofOurs = sidecarRoot(paths);
  // An export of no pictures has our own files alone.
  if (root === null && ofOurs === null) return null;
  for (const path of paths) {
    const match = isPicturePath(path) ? PICTURE.exec(path) : null;
    if (match !== null) entryOf(match[2] ?? '').picturePath = path;
  }
  const entries = [...byPlace].map(
    ([place, { picturePath, files }]): CityscapesEntry => ({
      place,
      split: splitFromName(place.split('/')[0] ?? ''),
      picturePath,
      files,
    }),
  );
  const colors = paths.find((path) => nameOf(path) === 'label_colors.txt' && folderOf(path) === (root ?? ''));
  return {
    root: root ?? ofOurs ?? '',
    entries: entries.sort((a, b) => (a.place < b.place ? -1 : 1)),
    labelColors: colors ?? null,
  };
}

/** An image's key where nothing else says it: the picture's path below its split, without the ending of all pictures. */
export function keyOfEntry({ place, picturePath }: CityscapesEntry): string {
  const [, ...below] = place.split('/');
  const name = below.length === 0 ? place : below.join('/');
  const extension = picturePath === null ? '.png' : picturePath.slice(withoutExtension(picturePath).length);
  return `${name}${extension}`;
}
