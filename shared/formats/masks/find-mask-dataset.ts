import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import {
  createPictureIndex,
  folderOf,
  isPicturePath,
  nameOf,
  withoutExtension,
} from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';
import { readImageSets, readPairLists } from './pair-lists';

/** Masks are small; this is far beyond any. */
export const MAX_MASK_BYTES = 256 * 1024 * 1024;

/** A photo has more colours than any mask has classes, each of which would become one. */
export const MOST_VALUES = 1_024;

/** A mask and the picture that it is of. */
export interface MaskFile {
  readonly maskPath: string;
  readonly key: string;
  /** Null when the picture is not at hand. */
  readonly picturePath: string | null;
  readonly split: Split | null;
}

export interface FoundMasks {
  readonly classMasks: readonly MaskFile[];
  readonly instanceMasks: readonly MaskFile[];
  /** Lists of pairs that named the masks (CamVid), or empty where folders did. */
  readonly lists: readonly string[];
  /** Why masks that are there are not this format's, for a person. */
  readonly refusals: readonly string[];
}

/** Folders that hold masks, by what people and tools call them. */
const MASK_FOLDER =
  /^(?:masks?|labels?|annotations?|[a-z]*annot|gt|gt[_-].*|gt(?:left|right)|.*_gt|ground_?truth|sem_?seg|seg|segmentations?|segmentation_?(?:class|object)(?:png|raw)?|semantic(?:_.*)?|instances?|instance_.*|.*_masks?|.*_labels?)$/i;

/** Of these, those in which a value is an object. */
const INSTANCE_FOLDER = /instance|object/i;

const NOT_MASKS = /visuali[sz]ation|overlay|depth|preview|panoptic/i;

const PICTURE_FOLDER = /^(?:images?|imgs?|jpegimages|rgb|rgb(?:left|right)|pictures?|photos?)$/i;

/** Layouts of formats of their own, told by a path that each has. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)gt(?:Fine|Coarse)\//, 'it is Cityscapes'],
  [/(^|\/)Annotations\/[^/]+\.xml$/, 'it is Pascal VOC'],
  [/(^|\/)config_v[\d.]+\.json$/, 'it is Mapillary Vistas, whose values are told by its config file'],
  [
    /(^|\/)v[12]\.[02]\/(?:labels|instances|polygons)\//,
    'it is Mapillary Vistas, whose values are told by its config file',
  ],
  [/_atr\.txt$/, 'it is ADE20K, whose colours are spread over two channels'],
  [/(^|\/)instances\/labels\.txt$/, 'it is MOTS'],
  [/(^|\/)image_2\/[^/]+\.png$/, 'it is KITTI, whose values are class * 256 + object'],
];

export async function findMasks(folder: DatasetFolder): Promise<FoundMasks> {
  const paths = (await folder.list()).map((file) => file.path);
  const pngs = paths.filter((path) => /\.png$/i.test(path));
  const empty = { classMasks: [], instanceMasks: [], lists: [], refusals: [] };
  if (pngs.length === 0) return empty;
  const listed = await readPairLists(folder, paths);
  if (listed.masks.length > 0) return { ...empty, classMasks: listed.masks, lists: listed.lists };
  const masks = pngs.filter((path) => maskFolderAt(path) >= 0 && !NOT_MASKS.test(folderOf(path)));
  if (masks.length === 0) return empty;
  const refusals = OTHERS.flatMap(([pattern, reason]) =>
    paths.some((path) => pattern.test(path)) ? [reason] : [],
  );
  if (refusals.length > 0) return { ...empty, refusals };
  const pictures = pictureFinder(
    paths.filter((path) => isPicturePath(path) && maskFolderAt(path) < 0 && !NOT_MASKS.test(folderOf(path))),
  );
  const splitByStem = await readImageSets(folder, paths);
  const found = masks.map((maskPath): MaskFile => {
    const picturePath = pictures(maskPath);
    const key = picturePath === null ? keyWithoutPicture(maskPath) : keyOfPicture(picturePath);
    return {
      maskPath,
      key,
      picturePath,
      split: splitByStem.get(nameOf(withoutExtension(maskPath))) ?? splitOf(maskPath),
    };
  });
  const isInstance = ({ maskPath }: MaskFile) =>
    INSTANCE_FOLDER.test(maskPath.split('/')[maskFolderAt(maskPath)] ?? '');
  return {
    ...empty,
    classMasks: found.filter((mask) => !isInstance(mask)),
    instanceMasks: found.filter(isInstance),
  };
}

/** Which part of a path is a folder of masks, -1 for none. */
function maskFolderAt(path: string): number {
  return path
    .split('/')
    .slice(0, -1)
    .findIndex((part) => MASK_FOLDER.test(part));
}

/** The path of a picture without its folder of pictures, which an export puts in front again. */
export function keyOfPicture(path: string): string {
  const parts = path.split('/');
  const at = parts.slice(0, -1).findIndex((part) => PICTURE_FOLDER.test(part));
  return (at < 0 ? parts : parts.filter((_, index) => index !== at)).join('/');
}

/** The extension is not known then; most pictures are JPEG. */
function keyWithoutPicture(maskPath: string): string {
  const at = maskFolderAt(maskPath);
  const parts = withoutExtension(maskPath).split('/');
  return `${parts.filter((_, index) => index !== at).join('/')}.jpg`;
}

function splitOf(maskPath: string): Split | null {
  for (const part of maskPath.split('/').slice(0, -1).reverse()) {
    const split = splitFromName(part.replace(/annot$/i, ''));
    if (split !== null) return split;
  }
  return null;
}

/** What names of masks have that names of their pictures have not. */
const MASK_SUFFIX = /[_-](?:mask|masks|label|labels|gt|seg|segmentation|instance|instances|annot|l)$/i;
const MASK_PREFIX = /^(?:gt|mask|label|seg)[_-]/i;

function pictureFinder(paths: readonly string[]): (maskPath: string) => string | null {
  const index = createPictureIndex(paths);
  return (maskPath) => {
    const parts = maskPath.split('/');
    const at = maskFolderAt(maskPath);
    const folder = parts.slice(0, -1).filter((_, part) => part !== at);
    const stem = nameOf(withoutExtension(maskPath));
    const stems = new Set([stem, stem.replace(MASK_SUFFIX, ''), stem.replace(MASK_PREFIX, '')]);
    for (const prefix of ['image_', 'img_']) stems.add(stem.replace(MASK_PREFIX, prefix));
    for (const candidate of stems) {
      const beside = index.find([...folder, 'images', candidate].join('/'));
      if (beside !== null) return beside;
    }
    return null;
  };
}
