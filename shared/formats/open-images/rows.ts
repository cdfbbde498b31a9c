import type { Size } from '../../geometry/rect';
import type { BoxShape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetImage } from '../format';
import { folderOfSplit } from './image-list';

export type HeldShape = 'box' | 'tag' | 'mask';

export const BOX_HEADER = [
  'ImageID',
  'Source',
  'LabelName',
  'Confidence',
  'XMin',
  'XMax',
  'YMin',
  'YMax',
  'IsOccluded',
  'IsTruncated',
  'IsGroupOf',
  'IsDepiction',
  'IsInside',
] as const;

export const LABEL_HEADER = ['ImageID', 'Source', 'LabelName', 'Confidence'] as const;

export const MASK_HEADER = [
  'MaskPath',
  'ImageID',
  'LabelName',
  'BoxID',
  'BoxXMin',
  'BoxXMax',
  'BoxYMin',
  'BoxYMax',
  'PredictedIoU',
  'Clicks',
] as const;

export const IMAGE_HEADER = [
  'ImageID',
  'Subset',
  'OriginalURL',
  'OriginalLandingURL',
  'License',
  'AuthorProfileURL',
  'Author',
  'Title',
  'OriginalSize',
  'OriginalMD5',
  'Thumbnail300KURL',
  'Rotation',
] as const;

export function boxCells(
  annotation: DatasetAnnotation,
  { x, y, width, height }: BoxShape,
  size: Size,
  id: string,
  code: string,
): readonly (string | number)[] {
  const { attributes, isCrowd } = annotation;
  const flag = (name: string) => {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (value === undefined || typeof value === 'string') return -1;
    return Number(value) > 0 ? 1 : 0;
  };
  return [
    id,
    source(annotation),
    code,
    confidence(annotation.score),
    plain(x / size.width),
    plain((x + width) / size.width),
    plain(y / size.height),
    plain((y + height) / size.height),
    flag('occluded'),
    flag('truncated'),
    isCrowd ? 1 : 0,
    flag('IsDepiction'),
    flag('IsInside'),
  ];
}

export function labelCells(annotation: DatasetAnnotation, id: string, code: string): readonly string[] {
  return [id, source(annotation), code, confidence(annotation.score)];
}

export function imageCells(id: string, { split, attributes }: DatasetImage): readonly (string | number)[] {
  const rotation =
    attributes !== undefined && Object.hasOwn(attributes, 'Rotation') ? attributes.Rotation : 0;
  return [
    id,
    split === null ? '' : folderOfSplit(split),
    ...IMAGE_HEADER.slice(2, -1).map(() => ''),
    typeof rotation === 'number' ? rotation : 0,
  ];
}

function source({ attributes }: DatasetAnnotation): string {
  const value = Object.hasOwn(attributes, 'Source') ? attributes.Source : undefined;
  return value === undefined ? '' : String(value);
}

/** 1 is what stands beside all that people drew and 0 means absent, so scores of 1 and 0 get a decimal. */
function confidence(score: number | null): string {
  if (score === null) return '1';
  return Number.isInteger(score) ? `${score}.0` : String(score);
}

/** Minus zero prints as 0. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}
