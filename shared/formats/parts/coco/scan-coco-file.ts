import type { DatasetFolder } from '../../format';
import { isRecord } from '../json/json-values';
import { streamElements } from '../json/stream-elements';
import type { ProblemQueue } from '../problem-queue';
import { addCategory, type CocoCategory } from './coco-categories';
import { type CocoId, cocoIdFrom } from './coco-id';
import { addImage, type CocoImages, emptyCocoImages, slotFor } from './coco-images';
import type { CocoFile } from './find-coco-files';

/** What a first pass over a file learns; memory follows the number of images, not of annotations. */
export interface CocoScan {
  readonly file: CocoFile;
  readonly categories: ReadonlyMap<CocoId, CocoCategory>;
  readonly images: CocoImages;
  /** Names of sequences by id (CocoVID's "videos"). */
  readonly videos: ReadonlyMap<CocoId, string>;
  /** True when all annotations of an image stand together, so that a second pass can stream them. */
  readonly isGroupedByImage: boolean;
  /** A picture without annotations was looked at only if the file is one of annotations. */
  readonly isAboutAnnotations: boolean;
  /** Whether the file was read to its end; what is wrong with it has been reported. */
  readonly isWhole: boolean;
}

const ARRAYS = new Set(['images', 'annotations', 'categories', 'videos']);
const NO_OBJECTS: ReadonlySet<string> = new Set();
const IMAGE_ID_ALONE = new Map([['annotations', 'image_id']]);

const MAX_VIDEOS = 100_000;

/** Keys may stand in any order: an annotation may name an image or a category that comes after it. */
export async function scanCocoFile(
  folder: DatasetFolder,
  file: CocoFile,
  problems: ProblemQueue,
): Promise<CocoScan> {
  const categories = new Map<CocoId, CocoCategory>();
  const videos = new Map<CocoId, string>();
  const images = emptyCocoImages();
  let isGroupedByImage = true;
  let lastSlot = -1;
  const stream = streamElements(folder, file.path, ARRAYS, NO_OBJECTS, IMAGE_ID_ALONE);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const { name, elements } = next.value;
    if (name === 'annotations') {
      // Hot: once an annotation. What else is in it is judged by the second pass.
      for (const imageId of elements) {
        const id = cocoIdFrom(imageId);
        if (id === null) continue;
        const slot = slotFor(images, id);
        const count = images.annotationCounts[slot] ?? 0;
        if (slot !== lastSlot && count > 0) isGroupedByImage = false;
        images.annotationCounts[slot] = count + 1;
        lastSlot = slot;
      }
    } else if (name === 'images') {
      for (const element of elements) addImage(images, element, file.path, problems);
    } else if (name === 'categories') {
      for (const element of elements) addCategory(categories, element, file.path, problems);
    } else {
      for (const element of elements) addVideo(videos, element);
    }
  }
  const end = next.value;
  if (end.fault !== null) reportMalformed(file.path, end.fault, problems);
  return {
    file,
    categories,
    images,
    videos,
    isGroupedByImage,
    isAboutAnnotations: end.keys.includes('annotations') && categories.size > 0,
    isWhole: end.fault === null,
  };
}

export function reportMalformed(path: string, fault: string, problems: ProblemQueue): void {
  problems.error(
    'coco-malformed',
    path,
    `${path} is not a whole COCO file: ${fault}. What came before was read; export the file again to get the rest.`,
  );
}

function addVideo(videos: Map<CocoId, string>, element: unknown): void {
  const id = isRecord(element) ? cocoIdFrom(element.id) : null;
  if (!isRecord(element) || id === null || videos.size >= MAX_VIDEOS) return;
  const name = typeof element.name === 'string' ? element.name : element.file_name;
  if (typeof name === 'string' && name !== '' && name.length <= 1_000 && !videos.has(id))
    videos.set(id, name);
}
