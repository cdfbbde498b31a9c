import type { Split } from '../../schema/dataset-version';
import type { DatasetImage } from '../format';
import type { OptionValues } from '../format-options';
import { joinedPath } from '../parts/picture-index';
import { type CocoWriteChoices, cocoChoices } from './coco-options';

/** Roboflow and what trains from its exports call it so. */
const FOLDERS: Readonly<Record<Split, string>> = { train: 'train', val: 'valid', test: 'test' };

/** Where the annotations of a split go; with a folder a split, images without one lie at the top. */
export function annotationPath(split: Split | null, { isFolderPerSplit }: CocoWriteChoices): string {
  return isFolderPerSplit
    ? joinedPath(folderFor(split), '_annotations.coco.json')
    : `annotations/instances_${split ?? 'default'}.json`;
}

/** Where the classes of whole pictures of a split go. */
export function labelPath(split: Split | null, { isFolderPerSplit }: CocoWriteChoices): string {
  return isFolderPerSplit
    ? joinedPath(folderFor(split), '_labels.coco.json')
    : `annotations/labels_${split ?? 'default'}.json`;
}

export function cocoPicturePath({ key, split }: DatasetImage, options: OptionValues = {}): string {
  return cocoChoices(options).isFolderPerSplit ? joinedPath(folderFor(split), key) : `images/${key}`;
}

function folderFor(split: Split | null): string {
  return split === null ? '' : FOLDERS[split];
}
