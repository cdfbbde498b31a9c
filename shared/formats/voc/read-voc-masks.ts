import type { MaskShape } from '../../schema/shapes';
import type { DatasetFolder, DatasetLabel } from '../format';
import { type DecodedPng, decodePng, valuesOfPng } from '../parts/png/decode-png';
import { masksOfValues, type PixelValues } from '../parts/png/mask-values';
import type { ProblemQueue } from '../parts/problem-queue';
import { BLACK, type ClassList, VOC_CLASSES, vocColor } from './voc-classes';
import type { VocEntry } from './voc-files';

const MAX_MASK_BYTES = 64 * 1024 * 1024;

/** About a dozen bytes a pixel are held while objects and classes are told apart. */
const MOST_PIXELS = 64_000_000;

/** VOC's palette gives pixels on the border between objects, which count for nothing, this colour and value 255. */
const VOID_COLOR = 0xe0e0c0;
const VOID_VALUE = 255;
/** The same in masks of 16 bits, which pictures with more than 254 objects need. */
const WIDE_VOID_VALUE = 0xffff;

/** One object or class of a mask picture. `instance` is VOC's number of the object in its file, from 1; null for classes. */
export interface VocMask {
  readonly classIndex: number | null;
  readonly instance: number | null;
  readonly shape: MaskShape;
}

export interface VocMasks {
  readonly size: { readonly width: number; readonly height: number };
  readonly masks: readonly VocMask[];
}

/** Looks up classes by value (palette and grey pictures) or by colour (RGB ones). */
export interface MaskClasses {
  byValue(value: number): number | null;
  byColor(color: number): number | null;
}

/** Colours are those of the list where it has some, else VOC's; values are places in the list, or VOC's classes. */
export function maskClasses(list: ClassList | null, labels: readonly DatasetLabel[]): MaskClasses {
  const indexOf = new Map(labels.map((label) => [label.name, label.classIndex]));
  const ordered = list === null ? VOC_CLASSES : list.classes.map(({ name }) => name);
  const names = beginsWithBackground(list) ? ordered : ['background', ...ordered];
  const hasColors = list?.classes.some(({ color }) => color !== null) === true;
  const byColor = new Map<number, number>();
  const classAt = (value: number): number | null =>
    value === 0 ? null : (indexOf.get(names[value] ?? '') ?? null);
  if (hasColors) {
    for (const { name, color } of list?.classes ?? []) {
      const classIndex = indexOf.get(name);
      const packed = color === null ? 0 : Number.parseInt(color.slice(1), 16);
      if (classIndex !== undefined && packed !== 0) byColor.set(packed, classIndex);
    }
  } else {
    for (let value = 1; value < Math.min(names.length, 255); value += 1) {
      const classIndex = classAt(value);
      if (classIndex !== null) byColor.set(vocColor(value), classIndex);
    }
  }
  return { byValue: classAt, byColor: (color) => byColor.get(color) ?? null };
}

/** Lists may begin with what value 0 is called; a label of a person that is called so has a colour of its own. */
function beginsWithBackground(list: ClassList | null): boolean {
  const first = list?.classes[0];
  const isBlack = first?.color === null || first?.color === BLACK;
  return first !== undefined && isBlack && /^_*background_*$/i.test(first.name);
}

const INSTANCE_BY_COLOR = new Map(Array.from({ length: 255 }, (_, value) => [vocColor(value), value]));

/**
 * The masks of one image. With an object picture each of its numbers is one mask, of the class that the class picture has
 * there (several masks where it has several); without one each class is a mask. Null when there is none to read.
 */
export async function readVocMasks(
  folder: DatasetFolder,
  entry: VocEntry,
  classes: MaskClasses,
  problems: ProblemQueue,
): Promise<VocMasks | null> {
  const classPng = await readPng(folder, entry.classMaskPath, problems);
  const objectPng = await readPng(folder, entry.objectMaskPath, problems);
  const png = objectPng ?? classPng;
  if (png === null) return null;
  const path = entry.objectMaskPath ?? entry.classMaskPath ?? '';
  const size = { width: png.width, height: png.height };
  if (classPng !== null && objectPng !== null) {
    if (classPng.width !== size.width || classPng.height !== size.height) {
      problems.error(
        'voc-mask-size',
        path,
        `${entry.classMaskPath} and ${path} differ in size; they were not read. Export both from one picture.`,
      );
      return null;
    }
  }
  const classNumbers =
    classPng === null ? null : classNumbersOf(classPng, classes, entry.classMaskPath ?? '', problems);
  const masks: VocMask[] = [];
  if (objectPng === null && classNumbers !== null) {
    const found = masksOfValues(classNumbers, size, (value) => value !== 0);
    for (const [value, shape] of found ?? []) masks.push({ classIndex: value - 1, instance: null, shape });
  } else if (objectPng !== null) {
    const numbers = instanceNumbersOf(objectPng);
    for (const [instance, shape, classIndex] of instances(numbers, classNumbers, size)) {
      masks.push({ classIndex, instance, shape });
    }
  }
  return { size, masks };
}

function* instances(
  numbers: PixelValues,
  classNumbers: PixelValues | null,
  size: { readonly width: number; readonly height: number },
): Generator<readonly [number, MaskShape, number | null]> {
  if (classNumbers === null) {
    for (const [instance, shape] of masksOfValues(numbers, size, (value) => value !== 0) ?? []) {
      yield [instance, shape, null];
    }
    return;
  }
  // Pairs of object and class are numbered as they come, so that each is a mask of its own.
  const numberOfPair = new Map<number, number>();
  const pairOfNumber: number[] = [0];
  const paired = new Uint32Array(numbers.length);
  for (let pixel = 0; pixel < numbers.length; pixel += 1) {
    const instance = numbers[pixel] ?? 0;
    if (instance === 0) continue;
    const pair = instance * PAIR_BASE + (classNumbers[pixel] ?? 0);
    let number = numberOfPair.get(pair);
    if (number === undefined) {
      number = pairOfNumber.length;
      numberOfPair.set(pair, number);
      pairOfNumber.push(pair);
    }
    paired[pixel] = number;
  }
  const found = [...(masksOfValues(paired, size, (value) => value !== 0) ?? [])].map(
    ([number, shape]) => [pairOfNumber[number] ?? 0, shape] as const,
  );
  found.sort(([a], [b]) => a - b);
  for (const [pair, shape] of found) {
    const classNumber = pair % PAIR_BASE;
    yield [Math.floor(pair / PAIR_BASE), shape, classNumber === 0 ? null : classNumber - 1];
  }
}

/** Class numbers are below this; instances times this are exact in a double. */
const PAIR_BASE = 1 << 20;

/** For each pixel its class + 1, or 0 for none. */
function classNumbersOf(
  png: DecodedPng,
  classes: MaskClasses,
  path: string,
  problems: ProblemQueue,
): PixelValues {
  const values = valuesOfPng(png);
  const known = new Map<number, number>();
  const unknown = new Set<number>();
  const isIndexed = png.channels < 3;
  const numbers = new Uint32Array(values.length);
  let last = -1;
  let number = 0;
  for (let pixel = 0; pixel < values.length; pixel += 1) {
    const value = values[pixel] ?? 0;
    // Masks are long runs of one value.
    if (value !== last) {
      last = value;
      const earlier = known.get(value);
      number = earlier ?? numberOfValue(value, png, classes, isIndexed, unknown);
      if (earlier === undefined) known.set(value, number);
      // More different values than any class list has: a photo.
      if (known.size > PAIR_BASE) return new Uint8Array(values.length);
    }
    numbers[pixel] = number;
  }
  if (unknown.size > 0) {
    const shown = [...unknown]
      .slice(0, 5)
      .map((value) => (isIndexed ? `${value}` : `#${value.toString(16).padStart(6, '0')}`));
    problems.error(
      'voc-unknown-mask-class',
      path,
      `${path} has ${unknown.size} values that the class list does not name (${shown.join(', ')}); those pixels were left out. Put the file that names the classes beside the folders.`,
    );
  }
  return numbers;
}

function numberOfValue(
  value: number,
  { palette, samples }: DecodedPng,
  classes: MaskClasses,
  isIndexed: boolean,
  unknown: Set<number>,
): number {
  const nothing = !isIndexed ? VOID_COLOR : samples instanceof Uint16Array ? WIDE_VOID_VALUE : VOID_VALUE;
  if (value === 0 || value === nothing) return 0;
  const color = palette?.[value];
  const packed = color === undefined ? null : (color[0] << 16) | (color[1] << 8) | color[2];
  const classIndex = isIndexed
    ? (classes.byValue(value) ?? (packed === null ? null : classes.byColor(packed)))
    : classes.byColor(value);
  if (classIndex === null) unknown.add(value);
  return classIndex === null ? 0 : classIndex + 1;
}

function instanceNumbersOf(png: DecodedPng): PixelValues {
  const values = valuesOfPng(png);
  const isWide = values instanceof Uint16Array;
  const isIndexed = png.channels < 3;
  const numbers = isIndexed ? values.slice() : new Uint32Array(values.length);
  for (let pixel = 0; pixel < values.length; pixel += 1) {
    const value = values[pixel] ?? 0;
    if (isIndexed) {
      if (value === (isWide ? WIDE_VOID_VALUE : VOID_VALUE)) numbers[pixel] = 0;
    } else if (value !== VOID_COLOR) numbers[pixel] = INSTANCE_BY_COLOR.get(value) ?? value;
  }
  return numbers;
}

async function readPng(
  folder: DatasetFolder,
  path: string | null,
  problems: ProblemQueue,
): Promise<DecodedPng | null> {
  if (path === null) return null;
  const bytes = await folder.readBytes(path, MAX_MASK_BYTES);
  const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
  if (png.ok) {
    if (png.value.width * png.value.height <= MOST_PIXELS) return png.value;
    problems.error(
      'voc-mask-too-large',
      path,
      `${path} has ${png.value.width} × ${png.value.height} px, which is more than a mask may have; it was left out.`,
    );
    return null;
  }
  problems.error(
    'voc-mask-unreadable',
    path,
    `${png.error.message} The masks of this picture were left out.`,
  );
  return null;
}
