import type { DatasetFolder } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { streamElements } from '../parts/json/stream-elements';
import type { ProblemQueue } from '../parts/problem-queue';
import type { CocoFile } from './find-coco-files';

/** COCO ids are numbers by convention; some exporters write strings. */
export type CocoId = number | string;

export interface CocoCategory {
  readonly name: string;
  readonly supercategory: string | null;
}

/** Pictures of one file by slot: parallel arrays, because a file may name a million of them. */
export interface CocoImages {
  readonly slotById: Map<CocoId, number>;
  /** Null for a slot that annotations name but "images" does not, or whose file name cannot be used. */
  readonly keys: (string | null)[];
  /** 0 when the file does not say. */
  readonly widths: number[];
  readonly heights: number[];
  readonly annotationCounts: number[];
  /** Slots in the order of "images". */
  readonly listed: number[];
  /** How many file names were places on another machine or the web. */
  foreignNames: number;
}

/** What a first pass over a file learns; memory follows the number of images, not of annotations. */
export interface CocoScan {
  readonly file: CocoFile;
  readonly categories: ReadonlyMap<CocoId, CocoCategory>;
  readonly images: CocoImages;
  /** True when all annotations of an image stand together, so that a second pass can stream them. */
  readonly isGroupedByImage: boolean;
  /** A picture without annotations was looked at only if the file is one of annotations. */
  readonly isAboutAnnotations: boolean;
}

const ARRAYS = new Set(['images', 'annotations', 'categories']);

const MAX_CATEGORIES = 10_000;

/** Keys may stand in any order: an annotation may name an image or a category that comes after it. */
export async function scanCocoFile(
  folder: DatasetFolder,
  file: CocoFile,
  problems: ProblemQueue,
): Promise<CocoScan> {
  const categories = new Map<CocoId, CocoCategory>();
  const images: CocoImages = {
    slotById: new Map(),
    keys: [],
    widths: [],
    heights: [],
    annotationCounts: [],
    listed: [],
    foreignNames: 0,
  };
  let isGroupedByImage = true;
  let lastSlot = -1;
  const stream = streamElements(folder, file.path, ARRAYS);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const { name, elements } = next.value;
    for (const element of elements) {
      if (name === 'annotations') {
        // Hot: once an annotation. What else is in it is judged by the second pass.
        const id = imageIdOf(element);
        if (id === null) continue;
        const slot = slotFor(images, id);
        const count = images.annotationCounts[slot] ?? 0;
        if (slot !== lastSlot && count > 0) isGroupedByImage = false;
        images.annotationCounts[slot] = count + 1;
        lastSlot = slot;
      } else if (name === 'images') addImage(images, element, file, problems);
      else addCategory(categories, element, file, problems);
    }
  }
  const end = next.value;
  if (end.fault !== null) {
    problems.error(
      'coco-malformed',
      file.path,
      `${file.path} is not a whole COCO file: ${end.fault}. What came before was read; export the file again to get the rest.`,
    );
  }
  return {
    file,
    categories,
    images,
    isGroupedByImage,
    isAboutAnnotations: end.keys.includes('annotations') && categories.size > 0,
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whole numbers without leading zeros, within what a number holds exactly. */
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** An id, null for what is none. `"7"` is 7: some exporters quote an id in one place and not in the other. */
export function cocoIdFrom(value: unknown): CocoId | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  return WHOLE_NUMBER.test(value) ? Number(value) : value;
}

export function imageIdOf(element: unknown): CocoId | null {
  return isRecord(element) ? cocoIdFrom(element.image_id) : null;
}

function slotFor(images: CocoImages, id: CocoId): number {
  const known = images.slotById.get(id);
  if (known !== undefined) return known;
  const slot = images.keys.length;
  images.slotById.set(id, slot);
  images.keys.push(null);
  images.widths.push(0);
  images.heights.push(0);
  images.annotationCounts.push(0);
  return slot;
}

function addImage(images: CocoImages, element: unknown, file: CocoFile, problems: ProblemQueue): void {
  const place = `images[${images.listed.length}] of ${file.path}`;
  const id = isRecord(element) ? cocoIdFrom(element.id) : null;
  if (!isRecord(element) || id === null || typeof element.file_name !== 'string') {
    problems.error(
      'coco-bad-image',
      file.path,
      `${place} has no usable "id" and "file_name"; it was left out.`,
    );
    return;
  }
  const named = keyFromFileName(element.file_name);
  if (named === null) {
    problems.error(
      'coco-bad-image',
      file.path,
      `The file name ${JSON.stringify(element.file_name.slice(0, 200))} of image ${id} in ${file.path} is not a path inside a folder; the image and its annotations were left out.`,
    );
    return;
  }
  const { key } = named;
  const slot = slotFor(images, id);
  if (images.keys[slot] !== null) {
    problems.error(
      'coco-duplicate-image',
      file.path,
      `Two images in ${file.path} have the id ${id}: ${images.keys[slot]} and ${key}. The second was left out; give each image its own id.`,
    );
    return;
  }
  images.keys[slot] = key;
  images.widths[slot] = sideOf(element.width);
  images.heights[slot] = sideOf(element.height);
  images.listed.push(slot);
  if (named.isForeign) images.foreignNames += 1;
}

/** A side in image px, or 0 when it is missing or nonsense. */
function sideOf(value: unknown): number {
  return typeof value === 'number' && value >= 1 && value <= 1_000_000 ? value : 0;
}

function addCategory(
  categories: Map<CocoId, CocoCategory>,
  element: unknown,
  file: CocoFile,
  problems: ProblemQueue,
): void {
  const id = isRecord(element) ? cocoIdFrom(element.id) : null;
  if (!isRecord(element) || id === null) {
    problems.error(
      'coco-bad-category',
      file.path,
      `A category in ${file.path} has no usable "id"; it was left out.`,
    );
    return;
  }
  const name = nameFrom(element.name) ?? `class-${id}`;
  if (nameFrom(element.name) === null) {
    problems.warning(
      'coco-bad-category',
      file.path,
      `Category ${id} in ${file.path} has no name; it is called ${name}.`,
    );
  }
  if (categories.has(id)) {
    problems.error(
      'coco-duplicate-category',
      file.path,
      `Two categories in ${file.path} have the id ${id}: ${categories.get(id)?.name} and ${name}. The first is used.`,
    );
  } else if (categories.size >= MAX_CATEGORIES) {
    problems.error(
      'coco-too-many-categories',
      file.path,
      `${file.path} has more than ${MAX_CATEGORIES} categories.`,
    );
  } else {
    categories.set(id, { name, supercategory: nameFrom(element.supercategory) });
  }
}

function nameFrom(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.trim().slice(0, 100).trim();
  return name === '' ? null : name;
}
