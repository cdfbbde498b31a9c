import type { DatasetFolder, DatasetFrame, DatasetImage } from '../format';
import {
  attributesFrom,
  attributeValueFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { streamElements } from '../parts/json/stream-elements';
import { isPicturePath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { sizeFrom } from '../parts/records/image-record';
import type { Bdd100kFile } from './find-bdd100k-files';

/** A frame of any release, in the form of Scalabel. */
export type Frame = JsonRecord & { readonly name: string };

/** One picture's objects; the largest of the first release has 100 kB. */
const MAX_OBJECTS_FILE_BYTES = 32 * 1024 * 1024;

const FRAMES = new Set(['', 'frames']);
const CONFIG = new Set(['config']);

export interface FrameRun {
  readonly frames: readonly Frame[];
  readonly categories: readonly unknown[];
}

/** The frames of a file, run by run. @param problems hears what is wrong, null when it was heard before. */
export async function* framesOf(
  folder: DatasetFolder,
  { path, kind }: Bdd100kFile,
  problems: ProblemQueue | null,
): AsyncGenerator<FrameRun> {
  if (kind === 'objects') {
    yield { frames: await framesOfObjects(folder, path, problems), categories: [] };
    return;
  }
  const stream = streamElements(folder, path, FRAMES, CONFIG);
  let index = 0;
  for (;;) {
    const next = await stream.next();
    if (next.done === true) {
      if (next.value.fault !== null) {
        problems?.error(
          'json-malformed',
          path,
          `${path} is damaged: ${next.value.fault}. What stands before was read.`,
        );
      }
      return;
    }
    const { name, elements, keys } = next.value;
    if (name === 'config') {
      const categories = elements.filter((_, at) => keys?.[at] === 'categories').flatMap(listFrom);
      if (categories.length > 0) yield { frames: [], categories };
      continue;
    }
    const frames: Frame[] = [];
    for (const element of elements) {
      if (isRecord(element) && typeof element.name === 'string')
        frames.push({ ...element, name: element.name });
      else {
        const what = element === undefined ? 'is not valid JSON' : 'has no "name"';
        problems?.error('bdd100k-bad-frame', path, `Frame ${index} of ${path} ${what}; it was left out.`);
      }
      index += 1;
    }
    yield { frames, categories: [] };
  }
}

/** A file of the first release, whose frames have no names of their own. */
async function framesOfObjects(
  folder: DatasetFolder,
  path: string,
  problems: ProblemQueue | null,
): Promise<readonly Frame[]> {
  const parsed = await parseJsonFile(folder, path, MAX_OBJECTS_FILE_BYTES);
  const root = parsed.ok && isRecord(parsed.value) ? parsed.value : null;
  if (root === null || typeof root.name !== 'string') {
    const reason = parsed.ok ? 'it has no "name"' : parsed.reason;
    problems?.error(
      parsed.ok ? 'bdd100k-bad-frame' : parsed.code,
      path,
      `${path} cannot be read: ${reason}.`,
    );
    return [];
  }
  const { name, attributes } = root;
  const frames = listFrom(root.frames);
  return frames.flatMap((frame, index): readonly Frame[] => {
    const { objects, timestamp } = recordFrom(frame);
    if (frames.length === 1) {
      return [{ name: isPicturePath(name) ? name : `${name}.jpg`, attributes, timestamp, labels: objects }];
    }
    // As the pictures of BDD100K's videos are called.
    const number = String(index + 1).padStart(7, '0');
    return [
      {
        name: `${name}-${number}.jpg`,
        videoName: name,
        frameIndex: index,
        attributes,
        timestamp,
        labels: objects,
      },
    ];
  });
}

export function isInVideo(frame: Frame): boolean {
  return typeof frame.videoName === 'string' && numberFrom(frame.frameIndex) !== null;
}

const READ_FIELDS = new Set(['name', 'labels', 'attributes', 'size', 'videoName', 'frameIndex', 'timestamp']);

/**
 * The image of a frame, without split and state. What has no place elsewhere is an attribute of the picture under its
 * own key: a time of a picture that is in no video, the address it came from.
 */
export function imageOf(
  frame: Frame,
  key: string,
  onDropped: (name: string) => void,
): Pick<DatasetImage, 'key' | 'size' | 'attributes' | 'frame'> {
  const { width, height } = recordFrom(frame.size);
  const place = frameOf(frame);
  const more: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(frame)) {
    const isTaken = READ_FIELDS.has(name) && !(name === 'timestamp' || name === 'videoName');
    if (
      isTaken ||
      value === null ||
      value === undefined ||
      value === '' ||
      (place !== null && READ_FIELDS.has(name))
    )
      continue;
    if (attributeValueFrom(value) === null) onDropped(name);
    else Object.defineProperty(more, name, { value, enumerable: true });
  }
  const attributes = attributesFrom({ ...more, ...recordFrom(frame.attributes) }, onDropped);
  return {
    key,
    size: sizeFrom(width, height),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(place === null ? {} : { frame: place }),
  };
}

function frameOf(frame: Frame): DatasetFrame | null {
  const sequence = textFrom(frame.videoName, 4096);
  const index = numberFrom(frame.frameIndex);
  if (sequence === null || index === null || !Number.isSafeInteger(index) || index < 0) return null;
  const timestampInMs = numberFrom(frame.timestamp);
  return { sequence, index, ...(timestampInMs === null ? {} : { timestampInMs }) };
}
