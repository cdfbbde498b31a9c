import type { DatasetAnnotation } from '../../format';
import { attributesFrom, isRecord, textFrom } from '../json/json-values';
import { isClassIndex } from './label-record';
import { shapeFromRecord } from './shape-record';

/** Same bounds as the schema of annotations, with room for ids of other tools. */
const LONGEST_ID = 1_000;
const LONGEST_NOTE = 10_000;

/** Everything of an annotation but its picture, as JSON: fields that it does not have are absent. */
export function annotationRecord(annotation: DatasetAnnotation): Readonly<Record<string, unknown>> {
  const { classIndex, shape, isCrowd, attributes, score } = annotation;
  return {
    class_index: classIndex,
    shape,
    ...(isCrowd ? { is_crowd: true } : {}),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(score === null ? {} : { score }),
    ...annotationExtrasRecord(annotation),
  };
}

/** What few formats have a place for: group, track and note. */
export function annotationExtrasRecord(annotation: DatasetAnnotation): Readonly<Record<string, unknown>> {
  const { groupId, trackId, isKeyframe, isOutside, note } = annotation;
  return {
    ...(groupId === undefined ? {} : { group_id: groupId }),
    ...(trackId === undefined ? {} : { track_id: trackId }),
    ...(isKeyframe === undefined ? {} : { is_keyframe: isKeyframe }),
    ...(isOutside === undefined ? {} : { is_outside: isOutside }),
    ...(note === undefined ? {} : { note }),
  };
}

export type AnnotationExtras = Pick<
  DatasetAnnotation,
  'groupId' | 'trackId' | 'isKeyframe' | 'isOutside' | 'note'
>;

export function annotationExtrasFrom(value: unknown): AnnotationExtras {
  if (!isRecord(value)) return {};
  const groupId = filledText(value.group_id, LONGEST_ID);
  const trackId = filledText(value.track_id, LONGEST_ID);
  const note = filledText(value.note, LONGEST_NOTE);
  return {
    ...(groupId === null ? {} : { groupId }),
    ...(trackId === null ? {} : { trackId }),
    ...(typeof value.is_keyframe === 'boolean' ? { isKeyframe: value.is_keyframe } : {}),
    ...(typeof value.is_outside === 'boolean' ? { isOutside: value.is_outside } : {}),
    ...(note === null ? {} : { note }),
  };
}

export type AnnotationOfRecord =
  | { readonly annotation: DatasetAnnotation }
  /** For a person, to follow "the annotation". */
  | { readonly reason: string };

/**
 * The annotation of a record, or why it is none.
 * @param onDropped hears the names of attributes that are neither text, number nor yes/no.
 */
export function annotationFromRecord(
  value: unknown,
  imageKey: string,
  onDropped: (name: string) => void,
): AnnotationOfRecord {
  if (!isRecord(value)) return { reason: 'is not an object' };
  if (!isClassIndex(value.class_index)) return { reason: 'has no usable "class_index"' };
  const shape = shapeFromRecord(value.shape);
  if (shape === null) return { reason: 'has a "shape" that is none' };
  return {
    annotation: {
      imageKey,
      classIndex: value.class_index,
      shape,
      isCrowd: value.is_crowd === true,
      attributes: attributesFrom(value.attributes, onDropped),
      score: scoreFrom(value.score),
      ...annotationExtrasFrom(value),
    },
  };
}

/** A number from 0 to 1, or null. */
export function scoreFrom(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}

function filledText(value: unknown, maxChars: number): string | null {
  const text = textFrom(value, maxChars);
  return text === '' ? null : text;
}
