import type { DatasetFolder } from '../format';
import { type CvatLabel, type CvatTask, parseCvatMeta } from '../parts/cvat/cvat-meta';
import { isCvatShell } from '../parts/cvat/find-cvat-files';
import { CVAT_SHAPES } from '../parts/cvat/parse-cvat-shape';
import { streamXml } from '../parts/xml/stream-xml';
import { decimalOf, ownCopy, type XmlElement } from '../parts/xml/xml-element';
import { framePlaceOf, MAX_FRAMES, type VideoFrame } from './video-frames';

/** What one file holds, told by a first pass. */
export interface VideoFile {
  readonly path: string;
  readonly declared: readonly CvatLabel[];
  readonly usedLabels: ReadonlySet<string>;
  readonly tasks: readonly CvatTask[];
  /** How many shapes each frame has, by task (`''` for a file of one) and number. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Frames as our own files name them; empty in files of CVAT. */
  readonly named: readonly VideoFrame[];
  /** Shapes whose `frame` is no number of a frame. */
  readonly badFrames: number;
}

/** The number of the frame that a shape of a track lies in; null when it is none. */
export function frameOf(element: XmlElement): number | null {
  const number = decimalOf(element.attributes.get('frame') ?? '');
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Ours: ends a track in the frame after its last one, which is no annotation. */
export function isClosing(element: XmlElement): boolean {
  return element.attributes.get('closing') === '1';
}

/** Faults are left to the pass that reads what is in the file. Memory follows the number of frames. */
export async function surveyVideo(folder: DatasetFolder, path: string): Promise<VideoFile> {
  const declared: CvatLabel[] = [];
  const usedLabels = new Set<string>();
  const tasks: CvatTask[] = [];
  const counts = new Map<string, Map<number, number>>();
  const named: VideoFrame[] = [];
  let badFrames = 0;
  let ofTask = new Map<number, number>();
  let frames = 0;
  try {
    for await (const { items } of streamXml(folder, path, isCvatShell)) {
      for (const item of items) {
        if (item.type === 'open' && item.name === 'track') {
          const label = item.attributes.get('label') ?? '';
          if (label !== '' && !usedLabels.has(label)) usedLabels.add(ownCopy(label));
          const task = item.attributes.get('task_id') ?? '';
          ofTask = counts.get(task) ?? new Map();
          if (!counts.has(task)) counts.set(ownCopy(task), ofTask);
        } else if (item.type === 'element') {
          const { element } = item;
          if (element.name === 'frame') {
            const place = framePlaceOf(element);
            if (place !== null && named.length < MAX_FRAMES) named.push(place);
          } else if (!CVAT_SHAPES.has(element.name)) {
            const meta = parseCvatMeta(element);
            declared.push(...meta.labels);
            tasks.push(...meta.tasks);
          } else if (!isClosing(element)) {
            const number = frameOf(element);
            if (number === null || frames >= MAX_FRAMES) badFrames += 1;
            else {
              const known = ofTask.get(number);
              if (known === undefined) frames += 1;
              ofTask.set(number, (known ?? 0) + 1);
            }
          }
        }
      }
    }
  } catch {
    // Said when the file is read for what is in it.
  }
  return { path, declared, usedLabels, tasks, counts, named, badFrames };
}
