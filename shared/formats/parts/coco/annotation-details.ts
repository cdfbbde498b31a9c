import type { DatasetAnnotation } from '../../format';
import {
  attributesFrom,
  attributeValueFrom,
  type JsonRecord,
  numberFrom,
  textFrom,
} from '../json/json-values';
import type { CocoPicture } from './image-events';
import type { ReadNotes } from './read-notes';

/** Everything of an annotation beside image, class and shape. */
export type AnnotationDetails = Omit<DatasetAnnotation, 'imageKey' | 'classIndex' | 'shape'>;

export interface ParsedDetails {
  readonly details: AnnotationDetails;
  /** Degrees clockwise that the box is turned by; null for an upright one. */
  readonly rotation: number | null;
}

export const NO_ATTRIBUTES: DatasetAnnotation['attributes'] = {};

/**
 * What an annotation says beside image, class and shape. What CVAT keeps among the attributes (`track_id`,
 * `keyframe`, `rotation`) is told from an attribute of that name by the annotation's own field of the same name, which
 * then says it, with null for "none".
 *
 * @param isBox whether the shape is the "bbox" itself, which alone can be turned.
 */
export function detailsOf(
  element: JsonRecord,
  picture: CocoPicture,
  isBox: boolean,
  notes: ReadNotes,
): ParsedDetails {
  const onDropped = () => notes.add('attribute-dropped');
  const attributes = new Map(Object.entries(attributesFrom(element.attributes, onDropped)));
  const details: Mutable<Partial<AnnotationDetails>> = {};

  const track = fieldOf(element, attributes, 'track_id', idTextFrom);
  const trackId = track ?? (picture.isFrame ? idTextFrom(element.instance_id) : null);
  if (trackId !== null) {
    details.trackId = trackId;
    const isKeyframe = fieldOf(element, attributes, 'keyframe', booleanFrom);
    if (isKeyframe !== null) details.isKeyframe = isKeyframe;
    const isOutside = fieldOf(element, attributes, 'outside', booleanFrom);
    if (isOutside !== null) details.isOutside = isOutside;
  }
  const rotation = isBox ? fieldOf(element, attributes, 'rotation', numberFrom) : null;
  const groupId = idTextFrom(element.group_id);
  if (groupId !== null) details.groupId = groupId;
  const note = noteFrom(element.description) ?? noteFrom(element.caption);
  if (note !== null) details.note = note;
  const { ignore } = element;
  // X-AnyLabeling's word for difficult; it writes 0 for all others.
  if ((ignore === 1 || ignore === true) && !attributes.has('difficult')) attributes.set('difficult', true);

  for (const name in element) {
    if (isKnown(name, element, details, isBox) || attributes.has(name)) continue;
    const value = element[name];
    const taken = attributeValueFrom(value);
    if (taken !== null && name !== '') attributes.set(name, taken);
    else if (value !== null) onDropped();
  }
  return {
    details: {
      isCrowd: element.iscrowd === 1 || element.iscrowd === true,
      // fromEntries defines own properties, so a key like __proto__ stays data.
      attributes: attributes.size === 0 ? NO_ATTRIBUTES : Object.fromEntries(attributes),
      score: scoreFrom(element.score, notes),
      ...details,
    },
    // 0 says nothing: CVAT writes it for every upright box.
    rotation: rotation === 0 ? null : rotation,
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A field of the annotation, or what CVAT keeps under the same name among the attributes, which then loses it. */
function fieldOf<T>(
  element: JsonRecord,
  attributes: Map<string, unknown>,
  name: string,
  from: (value: unknown) => T | null,
): T | null {
  if (Object.hasOwn(element, name)) return from(element[name]);
  const value = from(attributes.get(name));
  if (value !== null) attributes.delete(name);
  return value;
}

/** Whether a field has been read as what it is, so that it is no attribute. */
function isKnown(
  name: string,
  element: JsonRecord,
  details: Partial<AnnotationDetails>,
  isBox: boolean,
): boolean {
  switch (name) {
    case 'id':
    case 'image_id':
    case 'category_id':
    case 'bbox':
    case 'area':
    case 'segmentation':
    case 'keypoints':
    case 'num_keypoints':
    case 'iscrowd':
    case 'score':
    case 'attributes':
    case 'video_id':
    case 'track_id':
      return true;
    case 'keyframe':
    case 'outside':
    case 'instance_id':
      return details.trackId !== undefined;
    case 'rotation':
      return isBox || element.rotation === null;
    case 'group_id':
      return details.groupId !== undefined;
    case 'description':
    case 'caption':
      return element[name] === details.note || element[name] === '';
    case 'ignore':
      return element.ignore === 0 || element.ignore === 1 || typeof element.ignore === 'boolean';
    default:
      return false;
  }
}

/** An id as the app has them; 0 is one. */
function idTextFrom(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'string' && value !== '' && value.length <= 1_000 ? value : null;
}

function booleanFrom(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function noteFrom(value: unknown): string | null {
  const text = textFrom(value);
  return text === '' ? null : text;
}

function scoreFrom(value: unknown, notes: ReadNotes): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  notes.add('score-dropped');
  return null;
}
