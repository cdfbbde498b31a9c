import type { DatasetFolder } from '../../format';
import { parseSlice, TopLevelArrays } from '../json/top-level-arrays';
import type { CocoTask } from './find-coco-files';

/** Annotations start within this much of any file with fewer than about 100,000 images. */
const MAX_SNIFFED_CHARS = 24 * 1024 * 1024;

/** A COCO file shows one of its keys within this much; most files of other kinds are told by it. */
const MAX_CHARS_BEFORE_A_KEY = 64 * 1024;

const COCO_KEYS = new Set(['info', 'licenses', 'images', 'annotations', 'categories', 'videos']);

/** What a JSON file is, told from its beginning; null when it is not COCO. Never throws. */
export async function sniffCoco(folder: DatasetFolder, path: string): Promise<CocoTask | null> {
  let hasImages = false;
  let task: CocoTask = 'unknown';
  let chars = 0;
  const arrays = new TopLevelArrays((name) => name === 'images' || name === 'annotations');
  try {
    for await (const chunk of folder.streamText(path)) {
      for (const { name, text, elements } of arrays.push(chunk)) {
        const first = (elements ?? parseSlice(text)).find(
          (element) => typeof element === 'object' && element !== null,
        );
        if (first === undefined) continue;
        if (name === 'images') {
          if (!('id' in first && 'file_name' in first)) return null;
          hasImages = true;
        } else if (task === 'unknown') task = taskOfAnnotation(first);
      }
      chars += chunk.length;
      if (hasImages && task !== 'unknown') return task;
      if (arrays.fault !== null || chars > MAX_SNIFFED_CHARS) break;
      const isLong = chars > MAX_CHARS_BEFORE_A_KEY;
      if (isLong && !arrays.keys.some((key) => COCO_KEYS.has(key))) break;
    }
  } catch {
    return null;
  }
  const hasAnnotationsKey = arrays.keys.includes('annotations');
  if (hasImages) return task === 'unknown' && arrays.end() === null ? 'imagesOnly' : task;
  if (task !== 'unknown' && task !== 'labels') return task;
  const isEmptyDataset =
    arrays.keys.includes('images') && hasAnnotationsKey && arrays.keys.includes('categories');
  return isEmptyDataset && arrays.end() === null ? 'imagesOnly' : null;
}

function taskOfAnnotation(annotation: object): CocoTask {
  if ('segments_info' in annotation) return 'panoptic';
  if (!('image_id' in annotation)) return 'unknown';
  if ('bbox' in annotation || 'segmentation' in annotation || 'keypoints' in annotation) return 'objects';
  return 'caption' in annotation ? 'captions' : 'labels';
}

/** What a JSON file that is not COCO is instead, told from its first 64 KB, for a person; null when nothing is known. */
export function otherJsonInWords(head: string): string | null {
  const has = (...keys: readonly string[]) => keys.every((key) => head.includes(`"${key}"`));
  if (/^\s*\[/.test(head)) {
    return has('image_id', 'category_id')
      ? 'is a list of results: it names neither pictures nor classes. Open the file that they were predicted for'
      : null;
  }
  if (/"categories"\s*:\s*\{/.test(head)) return 'is Datumaro JSON';
  if (has('shapes', 'imagePath')) return 'is labelme JSON';
  if (has('image', 'annotations', 'segmentation') && !has('images')) {
    return 'has one picture and its masks, as Segment Anything writes them; COCO has "images"';
  }
  return null;
}
