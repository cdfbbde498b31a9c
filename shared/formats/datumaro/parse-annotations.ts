import type { PolygonPart } from '../../schema/shapes';
import type { Attributes, DatasetAnnotation } from '../format';
import {
  attributesFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { MEANINGFUL_ATTRIBUTES, OWN_KEY } from './own-key';
import { type Skeleton, shapeOfDatumaro } from './shape-of-datumaro';

/** What annotations of a file refer to. */
export interface LabelsOfFile {
  /** Class number by label_id; null for one that is no class (a joint, a filler). */
  readonly classIndexById: readonly (number | null)[];
  readonly nameById: readonly string[];
  readonly skeletonById: ReadonlyMap<number, Skeleton>;
}

export interface ParsedItem {
  readonly annotations: readonly DatasetAnnotation[];
  /** Texts that describe the picture as a whole. */
  readonly captions: readonly string[];
}

export interface ItemReports {
  /** `reason` follows "annotation 3 of a.jpg". */
  onBad(code: string, position: number, reason: string): void;
  onDroppedAttribute(name: string): void;
}

interface Placed {
  readonly annotation: DatasetAnnotation;
  readonly z: number;
  /** Polygons of one id, group and label are the parts of one object, as Datumaro reads them from COCO; '' for others. */
  readonly partOf: string;
  readonly group: number;
}

/** The annotations of one item, in drawing order. */
export function parseAnnotations(
  value: unknown,
  imageKey: string,
  labels: LabelsOfFile,
  reports: ItemReports,
): ParsedItem {
  const captions: string[] = [];
  const placed: Placed[] = [];
  let z = 0;
  listFrom(value).forEach((element, position) => {
    if (!isRecord(element)) {
      reports.onBad('datumaro-bad-annotation', position, 'is not an object');
      return;
    }
    z = numberFrom(element.z_order) ?? z;
    if (element.type === 'caption') {
      const caption = textFrom(element.caption);
      if (caption === null)
        reports.onBad('datumaro-bad-annotation', position, 'has a "caption" that is no text');
      else captions.push(caption);
      return;
    }
    const parsed = parseAnnotation(element, imageKey, labels, reports.onDroppedAttribute);
    if ('code' in parsed) reports.onBad(parsed.code, position, parsed.reason);
    else placed.push({ ...parsed, z });
  });
  const inOrder = placed.every((entry, at) => entry.z >= (placed[at - 1]?.z ?? entry.z))
    ? placed
    : [...placed].sort((a, b) => a.z - b.z);
  return { annotations: withGroups(withPartsJoined(inOrder)), captions };
}

type Parsed = Omit<Placed, 'z'> | { readonly code: string; readonly reason: string };

function parseAnnotation(
  record: JsonRecord,
  imageKey: string,
  labels: LabelsOfFile,
  onDroppedAttribute: (name: string) => void,
): Parsed {
  const labelId = record.label_id;
  const own = recordFrom(record[OWN_KEY]);
  const skeleton = typeof labelId === 'number' ? (labels.skeletonById.get(labelId) ?? null) : null;
  const ownShape = own.shape === undefined ? null : shapeFromRecord(own.shape);
  const read = ownShape === null ? shapeOfDatumaro(record, skeleton, labels.nameById) : { shape: ownShape };
  if ('code' in read) return read;
  if (labelId === null || labelId === undefined)
    return { code: 'datumaro-no-label', reason: 'has no "label_id"' };
  const classIndex = typeof labelId === 'number' ? labels.classIndexById[labelId] : undefined;
  if (classIndex === undefined || classIndex === null) {
    return {
      code: 'datumaro-unknown-label',
      reason: `has the "label_id" ${shown(labelId)}, which the list of labels does not have`,
    };
  }
  const given = recordFrom(record.attributes);
  const group = numberFrom(record.group) ?? 0;
  const id = numberFrom(record.id) ?? 0;
  const isOneRing = read.shape.type === 'polygon' && ownShape === null;
  return {
    annotation: {
      imageKey,
      classIndex,
      shape: read.shape,
      isCrowd: given.is_crowd === true || given.is_crowd === 1,
      attributes: ordinaryAttributes(given, own, read.shape.type, onDroppedAttribute),
      score: scoreFrom(given.score),
      ...trackFrom(record, given),
      ...annotationExtrasFrom(own),
    },
    group,
    partOf: isOneRing && id !== 0 && group !== 0 ? `${id} ${group} ${classIndex}` : '',
  };
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string'
    ? JSON.stringify(value).slice(0, 60)
    : typeof value;
}

function ordinaryAttributes(
  given: JsonRecord,
  own: JsonRecord,
  shapeType: string,
  onDropped: (name: string) => void,
): Attributes {
  const hasRotation = shapeType === 'box' || shapeType === 'rotated-box' || shapeType === 'ellipse';
  let isPlain = own.attributes === undefined;
  if (isPlain) {
    for (const name of MEANINGFUL_ATTRIBUTES) if (Object.hasOwn(given, name)) isPlain = false;
  }
  if (isPlain) return attributesFrom(given, onDropped);
  const kept = Object.entries(given).filter(([name, value]) => !hasMeaning(name, value, hasRotation));
  // Later entries win, and fromEntries defines own properties, so a key like __proto__ stays data.
  return attributesFrom(
    Object.fromEntries([...kept, ...Object.entries(recordFrom(own.attributes))]),
    onDropped,
  );
}

/** Whether the value of one of Datumaro's own attributes was taken elsewhere; an odd value stays an attribute. */
function hasMeaning(name: string, value: unknown, hasRotation: boolean): boolean {
  switch (name) {
    case 'is_crowd':
      return typeof value === 'boolean' || value === 0 || value === 1;
    case 'score':
      return scoreFrom(value) !== null;
    case 'track_id':
      return typeof value === 'number' || typeof value === 'string';
    case 'keyframe':
    case 'outside':
      return typeof value === 'boolean';
    case 'rotation':
      return hasRotation && typeof value === 'number';
    default:
      return false;
  }
}

function trackFrom(record: JsonRecord, given: JsonRecord) {
  const objectId = numberFrom(record.object_id);
  const track =
    textFrom(given.track_id, 1_000) ??
    numberFrom(given.track_id) ??
    (objectId !== null && objectId >= 0 ? objectId : null);
  return {
    ...(track === null || track === '' ? {} : { trackId: String(track) }),
    ...(typeof given.keyframe === 'boolean' ? { isKeyframe: given.keyframe } : {}),
    ...(typeof given.outside === 'boolean' ? { isOutside: given.outside } : {}),
  };
}

function withPartsJoined(placed: readonly Placed[]): readonly Placed[] {
  const joined: Placed[] = [];
  let parts: PolygonPart[] = [];
  for (const entry of placed) {
    const { annotation, partOf } = entry;
    if (annotation.shape.type !== 'polygon' || partOf === '') joined.push(entry);
    else if (partOf === joined.at(-1)?.partOf) parts.push(...annotation.shape.parts);
    else {
      parts = [...annotation.shape.parts];
      joined.push({ ...entry, annotation: { ...annotation, shape: { type: 'polygon', parts } } });
    }
  }
  return joined;
}

/** A group of one is no group: Datumaro gives each object that it reads from COCO its own. */
function withGroups(placed: readonly Placed[]): readonly DatasetAnnotation[] {
  const sizes = new Map<number, number>();
  for (const { group } of placed) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return placed.map(({ annotation, group }) => {
    const isAlone = group === 0 || (sizes.get(group) ?? 0) < 2;
    return isAlone || annotation.groupId !== undefined
      ? annotation
      : { ...annotation, groupId: String(group) };
  });
}
