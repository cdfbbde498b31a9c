import type { Size } from '../../geometry/rect';
import { RelativeKey } from '../../schema/ids';
import type { DatasetAnnotation, DatasetFolder } from '../format';
import { detailsOf } from '../parts/coco/annotation-details';
import { cocoIdFrom, shownId } from '../parts/coco/coco-id';
import type { CocoLabels } from '../parts/coco/coco-labels';
import type { CocoPicture } from '../parts/coco/image-events';
import type { ReadNotes } from '../parts/coco/read-notes';
import { isRecord, type JsonRecord, listFrom } from '../parts/json/json-values';
import { joinedPath, nameOf } from '../parts/picture-index';
import { decodePng } from '../parts/png/decode-png';
import { masksOfValues } from '../parts/png/mask-values';
import type { ProblemQueue } from '../parts/problem-queue';
import type { PanopticFile } from './find-panoptic-files';
import { segmentIdsOf } from './segment-ids';

/** A PNG of the largest pictures that are decoded, hardly compressed. */
const MAX_PNG_BYTES = 512 * 1024 * 1024;

/** Pixels that belong to nobody. */
const VOID = 0;

interface Segment {
  readonly classIndex: number;
  readonly element: JsonRecord;
}

/** Turns one element of a panoptic "annotations", with its PNG, into masks. */
export class SegmentReader {
  readonly #folder: DatasetFolder;
  readonly #file: PanopticFile;
  readonly #labels: CocoLabels;
  readonly #problems: ProblemQueue;
  readonly #notes: ReadNotes;

  constructor(
    folder: DatasetFolder,
    file: PanopticFile,
    labels: CocoLabels,
    problems: ProblemQueue,
    notes: ReadNotes,
  ) {
    this.#folder = folder;
    this.#file = file;
    this.#labels = labels;
    this.#problems = problems;
    this.#notes = notes;
  }

  /** Adds the segments to `found` in the order of "segments_info"; answers how many that lists. */
  async read(
    element: unknown,
    index: number,
    picture: CocoPicture,
    found: DatasetAnnotation[],
  ): Promise<number> {
    const place = `annotations[${index}] of ${this.#file.path} (image ${picture.key})`;
    if (!isRecord(element) || !Array.isArray(element.segments_info)) {
      this.#error('panoptic-bad-annotation', `${place} has no list "segments_info"; it was left out.`);
      return 1;
    }
    const listed = listFrom(element.segments_info);
    const segments = this.#segmentsOf(listed, place);
    const png = pngPathOf(element.file_name, this.#file);
    if (png === null) {
      this.#error(
        'panoptic-bad-annotation',
        `${place} has no usable "file_name" of a PNG; its ${listed.length} segments were left out.`,
      );
      return Math.max(1, listed.length);
    }
    const masks = await this.#masksOf(png, picture, segments, listed.length);
    for (const [id, { classIndex, element: segment }] of segments) {
      const mask = masks?.get(id);
      if (mask === undefined) {
        if (masks !== null) {
          this.#error(
            'panoptic-no-pixels',
            `Segment ${id} in ${place} has no pixel in ${png}; it was left out.`,
          );
        }
        continue;
      }
      const { details } = detailsOf(segment, picture, false, this.#notes);
      found.push({ imageKey: picture.key, classIndex, shape: mask, ...details });
    }
    return listed.length;
  }

  #segmentsOf(listed: readonly unknown[], place: string): ReadonlyMap<number, Segment> {
    const segments = new Map<number, Segment>();
    listed.forEach((segment, at) => {
      const id = isRecord(segment) ? segment.id : null;
      if (!isRecord(segment) || !Number.isInteger(id) || Number(id) <= VOID || Number(id) > 0xffffff) {
        this.#error(
          'panoptic-bad-segment',
          `segments_info[${at}] in ${place} has no usable "id"; it was left out.`,
        );
        return;
      }
      const categoryId = cocoIdFrom(segment.category_id);
      const classIndex = categoryId === null ? undefined : this.#labels.classIndexById.get(categoryId);
      if (classIndex === undefined) {
        const named = categoryId === null ? 'no category' : `category ${shownId(categoryId)}`;
        this.#error(
          'coco-unknown-category',
          `segments_info[${at}] in ${place} names ${named}, which is not in "categories"; it was left out.`,
        );
      } else if (segments.has(Number(id))) {
        this.#error(
          'panoptic-bad-segment',
          `Two segments in ${place} have the id ${String(id)}; the first was taken.`,
        );
      } else segments.set(Number(id), { classIndex, element: segment });
    });
    return segments;
  }

  /** The masks by segment; null when the PNG cannot be used, which has been said. */
  async #masksOf(
    png: string,
    picture: CocoPicture,
    segments: ReadonlyMap<number, Segment>,
    listedCount: number,
  ): Promise<ReturnType<typeof masksOfValues>> {
    if (segments.size === 0) return null;
    const bytes = await this.#folder.readBytes(png, MAX_PNG_BYTES);
    const decoded = bytes.ok ? decodePng(bytes.value, png) : bytes;
    if (!decoded.ok) {
      this.#error(
        'panoptic-bad-png',
        `${decoded.error.message} The ${listedCount} segments of ${picture.key} were left out.`,
      );
      return null;
    }
    const size: Size = { width: decoded.value.width, height: decoded.value.height };
    const isKnown = picture.width > 0 && picture.height > 0;
    if (isKnown && (size.width !== picture.width || size.height !== picture.height)) {
      this.#error(
        'panoptic-size-differs',
        `${png} has ${size.width} × ${size.height} px, but ${picture.key} has ${picture.width} × ${picture.height}; its segments were taken as they lie. Check them.`,
      );
    }
    const ids = segmentIdsOf(decoded.value);
    const unknown = new Set<number>();
    const masks = masksOfValues(ids, size, (id) => {
      if (segments.has(id)) return true;
      if (id !== VOID) unknown.add(id);
      return false;
    });
    if (masks === null) {
      this.#error(
        'panoptic-bad-png',
        `${png} has too many different colours to be segments; it was left out.`,
      );
    } else if (unknown.size > 0) {
      this.#problems.warning(
        'panoptic-unknown-segment',
        png,
        `${unknown.size} colours in ${png} are no segment that ${this.#file.path} lists for ${picture.key}; their pixels were left out.`,
      );
    }
    return masks;
  }

  #error(code: string, message: string): void {
    this.#problems.error(code, this.#file.path, message);
  }
}

/** The PNG of an annotation inside the dataset, or null. Mapillary and others name it with folders or none. */
function pngPathOf(name: unknown, { pngFolder }: PanopticFile): string | null {
  if (typeof name !== 'string' || pngFolder === null) return null;
  const path = joinedPath(pngFolder, name.replaceAll('\\', '/'));
  if (RelativeKey.safeParse(path).success) return path;
  const alone = joinedPath(pngFolder, nameOf(name.replaceAll('\\', '/')));
  return RelativeKey.safeParse(alone).success ? alone : null;
}
