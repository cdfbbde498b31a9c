import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { isRecord, type JsonRecord, listFrom, textFrom } from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import { folderOf, joinedPath, nameOf } from '../parts/picture-index';
import { decodePng, valuesOfPng } from '../parts/png/decode-png';
import { masksOfValues } from '../parts/png/mask-values';
import type { ProblemQueue } from '../parts/problem-queue';
import { annotationFromRecord } from '../parts/records/annotation-record';
import { imageFromRecord } from '../parts/records/image-record';
import { labelFromRecord } from '../parts/records/label-record';
import { MAX_MASK_BYTES } from './find-mask-dataset';

export const OBJECT_FILE = 'instances.json';
/** What tells this file from a COCO file of the same name. */
export const OBJECT_FILE_MARK = 'groundmark-instance-masks';

/** The file that says what each value of instance masks is, or null. */
export async function findObjectFile(folder: DatasetFolder): Promise<string | null> {
  for (const { path } of await folder.list()) {
    if (nameOf(path) !== OBJECT_FILE) continue;
    if ((await folder.head(path)).slice(0, 200).includes(`"${OBJECT_FILE_MARK}"`)) return path;
  }
  return null;
}

/** Reads instance masks whose objects a file describes; order and all but pixels come from the file. */
export async function* readObjects(
  folder: DatasetFolder,
  path: string,
  problems: ProblemQueue,
): AsyncGenerator<DatasetEvent> {
  const classes = new Set<number>();
  for await (const { name, elements } of streamElements(folder, path, new Set(['labels', 'images']))) {
    if (name === 'images') break;
    for (const element of elements) {
      const label: DatasetLabel | null = labelFromRecord(element);
      if (label === null || classes.has(label.classIndex)) {
        problems.error(
          'masks-bad-label',
          path,
          `A label in ${path} has no name or number of its own; it was left out.`,
        );
      } else {
        classes.add(label.classIndex);
        yield { type: 'label', label };
      }
    }
  }
  const seen = new Set<string>();
  const images = streamElements(folder, path, new Set(['images']));
  let next = await images.next();
  for (; !next.done; next = await images.next()) {
    for (const element of next.value.elements) {
      const events = await eventsOf(folder, path, element, { seen, classes, problems });
      yield* problems.drain();
      yield* events;
    }
  }
  if (next.value.fault !== null) {
    problems.error(
      'masks-malformed',
      path,
      `${path} is not whole: ${next.value.fault}. What came before was read; export the masks again to get the rest.`,
    );
  }
  yield* problems.close(path);
}

interface Pass {
  readonly seen: Set<string>;
  readonly classes: ReadonlySet<number>;
  readonly problems: ProblemQueue;
}

async function eventsOf(
  folder: DatasetFolder,
  path: string,
  element: unknown,
  { seen, classes, problems }: Pass,
): Promise<readonly DatasetEvent[]> {
  const named = isRecord(element) && typeof element.key === 'string' ? keyFromFileName(element.key) : null;
  if (!isRecord(element) || named === null) {
    problems.error('masks-bad-image', path, `An image in ${path} has no usable "key"; it was left out.`);
    return [];
  }
  const { key } = named;
  if (seen.has(key)) {
    problems.error(
      'masks-duplicate-image',
      path,
      `${path} lists ${key} a second time; this entry was left out.`,
    );
    return [];
  }
  seen.add(key);
  const onDropped = (name: string) =>
    problems.warning(
      'attribute-dropped',
      path,
      `The attribute "${name.slice(0, 100)}" of ${key} is nested; it was left out.`,
    );
  const events: DatasetEvent[] = [{ type: 'image', image: imageFromRecord(element, key, onDropped) }];
  const objects = listFrom(element.objects);
  const needsPixels = objects.some((object) => isRecord(object) && object.shape === undefined);
  const shapes = needsPixels ? await shapesOf(folder, path, element, problems) : new Map<number, unknown>();
  for (const object of objects) {
    const record = isRecord(object) ? object : {};
    const shape = record.shape ?? (typeof record.id === 'number' ? shapes.get(record.id) : undefined);
    const parsed =
      shape === undefined
        ? { reason: `has the id ${JSON.stringify(record.id)?.slice(0, 40)}, which no pixel of its mask has` }
        : annotationFromRecord({ ...record, shape }, key, onDropped);
    const annotation: DatasetAnnotation | null = 'annotation' in parsed ? parsed.annotation : null;
    if (annotation === null || !classes.has(annotation.classIndex)) {
      const reason = 'reason' in parsed ? parsed.reason : 'has a class that "labels" does not list';
      problems.error('masks-bad-object', path, `An object of ${key} in ${path} ${reason}; it was left out.`);
    } else events.push({ type: 'annotation', annotation });
  }
  return events;
}

async function shapesOf(folder: DatasetFolder, path: string, element: JsonRecord, problems: ProblemQueue) {
  const named = keyFromFileName(textFrom(element.mask) ?? '');
  const maskPath = named === null ? '' : joinedPath(folderOf(path), named.key);
  const bytes = await folder.readBytes(maskPath, MAX_MASK_BYTES);
  const png = bytes.ok ? decodePng(bytes.value, maskPath) : bytes;
  if (!png.ok) {
    problems.error('masks-undecodable', maskPath, png.error.message);
    return new Map<number, unknown>();
  }
  return (
    masksOfValues(valuesOfPng(png.value), png.value, (value) => value !== 0) ?? new Map<number, unknown>()
  );
}
