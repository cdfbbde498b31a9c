import type { DatasetLabel } from '../format';
import { chosen, type OptionValues } from '../format-options';
import { type DecodedPng, type Rgb, valuesOfPng } from '../parts/png/decode-png';
import type { PixelValues } from '../parts/png/mask-values';
import { CAMVID_CLASSES } from './camvid-classes';
import type { ClassList, MaskClass } from './class-list';
import { READ_BACKGROUND, READ_IGNORED } from './mask-options';

/** What a value of a mask means: a class number, nothing to label, or nothing known. */
export type Meaning = number | 'nothing' | 'unknown';

/** What values of masks stand for, and the labels that follow from it. */
export interface ValueTable {
  readonly labels: readonly DatasetLabel[];
  /** The meanings of the values of one file, which may tell classes by number or by colour. */
  meaningsIn(png: DecodedPng): (value: number) => Meaning;
}

/** By tradition the value of pixels that training passes over. */
const IGNORED = 255;

/** One number a pixel of a decoded file, with its kind of number told by `isColored`. */
export function pixelsOf(png: DecodedPng): PixelValues {
  return valuesOfPng(png);
}

export function isColored({ channels }: DecodedPng): boolean {
  return channels >= 3;
}

/** The table of a class list. With 0 for the background, class numbers are values - 1, so that they begin at 0. */
export function tableOfList({ classes }: ClassList, options: OptionValues): ValueTable {
  const background = chosen(READ_BACKGROUND, options);
  const ignored = chosen(READ_IGNORED, options);
  const zero = classes.find((entry) => entry.value === 0);
  const isZeroNothing =
    background === 'auto' ? zero === undefined || zero.isBackground : background === 'zero';
  const isNothing = (entry: MaskClass) =>
    entry.value === 0 ? isZeroNothing : entry.isBackground && background !== 'none';
  const first = isZeroNothing ? 1 : 0;
  const labels: DatasetLabel[] = [];
  const byValue = new Map<number, Meaning>();
  const byColor = new Map<number, Meaning>();
  for (const entry of classes) {
    if (entry.value === null) continue;
    const meaning: Meaning = isNothing(entry) ? 'nothing' : entry.value - first;
    if (!byValue.has(entry.value)) byValue.set(entry.value, meaning);
    if (entry.color !== null && !byColor.has(entry.color)) byColor.set(entry.color, meaning);
    if (typeof meaning === 'number' && !labels.some((label) => label.classIndex === meaning)) {
      labels.push(labelOf(meaning, entry));
    }
  }
  if (isZeroNothing && !byValue.has(0)) byValue.set(0, 'nothing');
  if (ignored !== 'none' && !byValue.has(IGNORED)) byValue.set(IGNORED, 'nothing');
  if (isZeroNothing && !byColor.has(0)) byColor.set(0, 'nothing');
  labels.sort((a, b) => a.classIndex - b.classIndex);
  return { labels, meaningsIn: (png) => meanings(png, byValue, byColor) };
}

function meanings(
  png: DecodedPng,
  byValue: ReadonlyMap<number, Meaning>,
  byColor: ReadonlyMap<number, Meaning>,
): (value: number) => Meaning {
  const { palette } = png;
  if (isColored(png)) {
    // A list without colours and a grey picture saved as RGB: the number stands in each channel.
    return (value) =>
      byColor.get(value) ?? (byColor.size > 1 ? 'unknown' : (byValue.get(greyOf(value)) ?? 'unknown'));
  }
  if (palette === null || byColor.size <= 1) return (value) => byValue.get(value) ?? 'unknown';
  return (value) => byColor.get(colorOf(palette[value])) ?? byValue.get(value) ?? 'unknown';
}

function greyOf(color: number): number {
  const grey = color & 0xff;
  return color === grey * 0x010101 ? grey : -1;
}

function colorOf(color: Rgb | undefined): number {
  return color === undefined ? -1 : (color[0] << 16) | (color[1] << 8) | color[2];
}

function labelOf(classIndex: number, { name, color }: Pick<MaskClass, 'name' | 'color'>): DatasetLabel {
  return {
    classIndex,
    name,
    supercategory: null,
    ...(color === null ? {} : { color: `#${color.toString(16).padStart(6, '0')}` }),
  };
}

/** Values that were seen in masks which no list explains. */
export interface SeenValues {
  readonly values: ReadonlySet<number>;
  readonly colors: ReadonlySet<number>;
}

/**
 * The table of masks without a class list: CamVid's classes where all colours are its own, else a class for each value,
 * called by it. A single value is what the masks are of, whatever its number.
 */
export function tableOfValues({ values, colors }: SeenValues, options: OptionValues): ValueTable {
  const isZeroNothing = chosen(READ_BACKGROUND, options) !== 'none';
  const ignored = chosen(READ_IGNORED, options);
  const camvid = new Set(CAMVID_CLASSES.map((entry) => entry.color));
  if (values.size === 0 && colors.size > 0 && [...colors].every((color) => camvid.has(color))) {
    return tableOfList({ path: '', classes: CAMVID_CLASSES }, options);
  }
  const others = [...values].filter((value) => value !== 0 || !isZeroNothing).sort((a, b) => a - b);
  const isIgnoredHere = ignored === '255' || (ignored === 'auto' && others.length > 1);
  const kept = others.filter((value) => value !== IGNORED || !isIgnoredHere);
  const isBinary = isZeroNothing && kept.length === 1 && colors.size === 0;
  const first = isZeroNothing ? 1 : 0;
  const byValue = new Map<number, Meaning>([
    [0, 'nothing'],
    [IGNORED, 'nothing'],
  ]);
  const labels: DatasetLabel[] = [];
  for (const value of kept) {
    const classIndex = isBinary ? 0 : value - first;
    byValue.set(value, classIndex);
    labels.push(labelOf(classIndex, { name: isBinary ? 'foreground' : `class-${value}`, color: null }));
  }
  const byColor = new Map<number, Meaning>(isZeroNothing ? [[0, 'nothing']] : []);
  let next = Math.max(-1, ...labels.map((label) => label.classIndex)) + 1;
  for (const color of [...colors].sort((a, b) => a - b)) {
    if (byColor.has(color)) continue;
    byColor.set(color, next);
    labels.push(labelOf(next, { name: `color-${color.toString(16).padStart(6, '0')}`, color }));
    next += 1;
  }
  return {
    labels,
    meaningsIn: (png) =>
      isColored(png)
        ? (value) => byColor.get(value) ?? 'unknown'
        : (value) => byValue.get(value) ?? 'unknown',
  };
}

/** Masks of which each value is an object of one kind. */
export const OBJECT_LABEL: DatasetLabel = { classIndex: 0, name: 'object', supercategory: null };
