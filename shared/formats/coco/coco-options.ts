import { chosen, type FormatOption, type OptionValues } from '../format-options';

const MASKS: FormatOption = {
  id: 'masks',
  title: 'Masks',
  description:
    'How masks are written. Some converters skip every object that is marked as a crowd, others read no RLE that is not.',
  choices: [
    { id: 'rle', title: 'RLE, iscrowd 0: every pixel, one object' },
    { id: 'polygon', title: 'Polygons along the edges of pixels, where the mask has no holes' },
    { id: 'crowd-rle', title: 'RLE, iscrowd 1: as Datumaro and CVAT write it' },
  ],
  defaultChoice: 'rle',
};

const DECIMALS: FormatOption = {
  id: 'decimals',
  title: 'Decimals',
  description: 'How far coordinates are rounded. Turned boxes are not rounded: they would lean another way.',
  choices: [
    { id: 'full', title: 'All, nothing is rounded' },
    { id: '3', title: '3' },
    { id: '2', title: '2, as most tools write' },
    { id: '1', title: '1' },
  ],
  defaultChoice: 'full',
};

const LAYOUT: FormatOption = {
  id: 'layout',
  title: 'Folders',
  description: 'Where files and pictures lie.',
  choices: [
    { id: 'annotations-folder', title: 'annotations/instances_train.json and images/, as COCO' },
    { id: 'folder-per-split', title: 'train/_annotations.coco.json beside its pictures, as Roboflow' },
  ],
  defaultChoice: 'annotations-folder',
};

export const WRITE_OPTIONS: readonly FormatOption[] = [MASKS, DECIMALS, LAYOUT];

export interface CocoWriteChoices {
  readonly masks: 'rle' | 'polygon' | 'crowd-rle';
  /** Null: nothing is rounded. */
  readonly decimals: number | null;
  readonly isFolderPerSplit: boolean;
}

export function cocoChoices(options: OptionValues): CocoWriteChoices {
  const masks = chosen(MASKS, options);
  const decimals = chosen(DECIMALS, options);
  return {
    masks: masks === 'polygon' || masks === 'crowd-rle' ? masks : 'rle',
    decimals: decimals === 'full' ? null : Number(decimals),
    isFolderPerSplit: chosen(LAYOUT, options) === 'folder-per-split',
  };
}
