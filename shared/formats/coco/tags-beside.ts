import type { DatasetAnnotation, DatasetFolder } from '../format';
import { newSlot } from '../parts/coco/coco-images';
import type { CocoPicture } from '../parts/coco/image-events';
import type { CocoScan } from '../parts/coco/scan-coco-file';
import { streamElements } from '../parts/json/stream-elements';
import type { AnnotationReader } from './annotation-reader';
import { ANNOTATIONS } from './streamed-annotations';

/** A few classes for each of a million pictures; beyond it memory would follow the input. */
const MAX_TAGS = 3_000_000;

/**
 * Classes of whole pictures that stand in a file beside the one of `scan`, by slot of `scan`. Pictures that only the file
 * of labels lists are added to `scan`. To be called before keys are made unique: both files name pictures alike.
 */
export async function readTags(
  folder: DatasetFolder,
  scan: CocoScan,
  reader: AnnotationReader,
): Promise<ReadonlyMap<number, readonly DatasetAnnotation[]>> {
  const slotByKey = new Map<string, number>();
  for (const slot of scan.images.listed) slotByKey.set(scan.images.keys[slot] ?? '', slot);
  for (const slot of reader.scan.images.listed) {
    const picture = pictureOf(reader, slot);
    if (picture !== null && !slotByKey.has(picture.key)) addSlot(scan, picture, slotByKey);
  }
  const tags = new Map<number, DatasetAnnotation[]>();
  const found: DatasetAnnotation[] = [];
  let index = 0;
  let count = 0;
  for await (const { elements } of streamElements(folder, reader.scan.file.path, ANNOTATIONS)) {
    for (const element of elements) {
      const picture = pictureOf(reader, reader.slotOf(element, index, true));
      if (picture !== null && count < MAX_TAGS) reader.read(element, index, picture, found);
      index += 1;
      if (picture === null || found.length === 0) continue;
      const slot = slotByKey.get(picture.key) ?? -1;
      const known = tags.get(slot);
      if (known === undefined) tags.set(slot, [...found]);
      else known.push(...found);
      count += found.length;
      found.length = 0;
    }
  }
  if (count >= MAX_TAGS) {
    const { path } = reader.scan.file;
    reader.problems.error(
      'coco-too-many-annotations',
      path,
      `${path} has more than ${MAX_TAGS} labels beside annotations of another file; the others were left out. Move it to a folder of its own.`,
    );
  }
  return tags;
}

function pictureOf({ scan }: AnnotationReader, slot: number): CocoPicture | null {
  const key = scan.images.keys[slot];
  if (key === null || key === undefined) return null;
  return {
    key,
    width: scan.images.widths[slot] ?? 0,
    height: scan.images.heights[slot] ?? 0,
    isFrame: false,
  };
}

function addSlot({ images }: CocoScan, picture: CocoPicture, slotByKey: Map<string, number>): void {
  const slot = newSlot(images);
  images.keys[slot] = picture.key;
  images.widths[slot] = picture.width;
  images.heights[slot] = picture.height;
  images.listed.push(slot);
  slotByKey.set(picture.key, slot);
}
