import type { Attributes } from '../../format';
import { keyFromFileName } from '../dataset-key';
import { attributesFrom, isRecord, type JsonRecord, numberFrom } from '../json/json-values';
import type { ProblemQueue } from '../problem-queue';
import { type CocoId, cocoIdFrom, shownId } from './coco-id';

/** What few files say of their pictures. */
export interface CocoImageExtras {
  readonly attributes: Attributes | null;
  readonly videoId: CocoId | null;
  /** 0-based. */
  readonly frameIndex: number;
  readonly timestampInMs: number | null;
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
  /** By slot, where there are any. */
  readonly extras: Map<number, CocoImageExtras>;
  /** How many file names were places on another machine or the web. */
  foreignNames: number;
  /** How many pictures come with a licence, a date or an address, which are not taken. */
  provenances: number;
  /** How many fields were neither text, number nor yes/no. */
  droppedAttributes: number;
}

export function emptyCocoImages(): CocoImages {
  return {
    slotById: new Map(),
    keys: [],
    widths: [],
    heights: [],
    annotationCounts: [],
    listed: [],
    extras: new Map(),
    foreignNames: 0,
    provenances: 0,
    droppedAttributes: 0,
  };
}

/** The slot of an id, made when it is not known yet. */
export function slotFor(images: CocoImages, id: CocoId): number {
  const known = images.slotById.get(id);
  if (known !== undefined) return known;
  const slot = newSlot(images);
  images.slotById.set(id, slot);
  return slot;
}

/** A slot for a picture that no id of this file names. */
export function newSlot(images: CocoImages): number {
  images.keys.push(null);
  images.widths.push(0);
  images.heights.push(0);
  images.annotationCounts.push(0);
  return images.keys.length - 1;
}

/** Takes one element of "images", or reports why not. */
export function addImage(images: CocoImages, element: unknown, path: string, problems: ProblemQueue): void {
  const place = `images[${images.listed.length}] of ${path}`;
  const id = isRecord(element) ? cocoIdFrom(element.id) : null;
  if (!isRecord(element) || id === null || typeof element.file_name !== 'string') {
    problems.error('coco-bad-image', path, `${place} has no usable "id" and "file_name"; it was left out.`);
    return;
  }
  const named = keyFromFileName(element.file_name);
  if (named === null) {
    problems.error(
      'coco-bad-image',
      path,
      `The file name ${JSON.stringify(element.file_name.slice(0, 200))} of image ${shownId(id)} in ${path} is not a path inside a folder; the image and its annotations were left out.`,
    );
    return;
  }
  const { key } = named;
  const slot = slotFor(images, id);
  if (images.keys[slot] !== null) {
    problems.error(
      'coco-duplicate-image',
      path,
      `Two images in ${path} have the id ${shownId(id)}: ${images.keys[slot]} and ${key}. The second was left out; give each image its own id.`,
    );
    return;
  }
  images.keys[slot] = key;
  images.widths[slot] = sideOf(element.width);
  images.heights[slot] = sideOf(element.height);
  images.listed.push(slot);
  if (named.isForeign) images.foreignNames += 1;
  addExtras(images, slot, element);
}

/** A side in image px, or 0 when it is missing or nonsense. */
function sideOf(value: unknown): number {
  return typeof value === 'number' && value >= 1 && value <= 1_000_000 ? value : 0;
}

function addExtras(images: CocoImages, slot: number, element: JsonRecord): void {
  let others: [string, unknown][] | null = null;
  let hasProvenance = false;
  for (const name in element) {
    switch (name) {
      case 'id':
      case 'file_name':
      case 'width':
      case 'height':
        break;
      case 'license':
      case 'coco_url':
      case 'flickr_url':
      case 'url':
      case 'date_captured':
        // Datumaro writes 0 and '' for none.
        if (element[name]) hasProvenance = true;
        break;
      default:
        others ??= [];
        others.push([name, element[name]]);
    }
  }
  if (hasProvenance) images.provenances += 1;
  if (others === null) return;
  const videoId = cocoIdFrom(element.video_id);
  const frame = numberFrom(element.frame_id) ?? numberFrom(element.frame_index);
  const isFrame = videoId !== null && frame !== null && Number.isSafeInteger(frame) && frame >= 0;
  const timestampInMs = isFrame ? numberFrom(element.timestamp_ms) : null;
  const isPartOfFrame = (name: string) =>
    isFrame &&
    (name === 'video_id' || name === 'frame_id' || name === 'frame_index' || name === 'timestamp_ms');
  const given = others.filter(([name]) => name !== 'attributes' && !isPartOfFrame(name));
  const onDropped = () => {
    images.droppedAttributes += 1;
  };
  const attributes: Attributes = {
    ...attributesFrom(Object.fromEntries(given), onDropped),
    ...attributesFrom(element.attributes, onDropped),
  };
  if (!isFrame && Object.keys(attributes).length === 0) return;
  images.extras.set(slot, {
    attributes: Object.keys(attributes).length > 0 ? attributes : null,
    videoId: isFrame ? videoId : null,
    frameIndex: isFrame ? frame : 0,
    timestampInMs,
  });
}
