import type { AttributeValue } from '../../../schema/label-schema';
import type { Shape } from '../../../schema/shapes';
import type { Attributes, DatasetAnnotation, DatasetImage } from '../../format';
import {
  attributesFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../json/json-values';
import { ObjectJoiner, OWN_FIELD } from '../object-parts';
import type { ProblemQueue } from '../problem-queue';
import { sizeFrom } from '../records/image-record';
import { parseLabelmeShape } from './parse-labelme-shape';

/** Fields of a shape that have a place of their own, or that say how to draw it. */
const SHAPE_FIELDS = new Set([
  ...['label', 'points', 'shape_type', 'mask', 'group_id', 'description', 'score', 'flags', 'attributes'],
  ...['difficult', 'kie_linking', 'direction', 'cuboid3d', 'locked', 'line_color', 'fill_color'],
  OWN_FIELD,
]);

/** Says what was wrong with one file; `path` and place are added. */
export interface FileReport {
  readonly path: string;
  readonly problems: ProblemQueue;
}

/** The shapes and tags of a file in drawing order; `indexOf` knows classes by their names in the file. */
export function annotationsOfFile(
  file: JsonRecord,
  image: DatasetImage,
  indexOf: (name: unknown) => number | null,
  report: FileReport,
): readonly DatasetAnnotation[] {
  const objects = new ObjectJoiner();
  for (const [at, element] of listFrom(file.shapes).entries()) {
    const place = `Shape ${at + 1} of ${report.path}`;
    const annotation = parsedShape(element, image.key, indexOf, place, report);
    if (annotation !== null) objects.add(annotation, recordFrom(element)[OWN_FIELD]);
  }
  const details = listFrom(file.tag_details).filter(isRecord);
  const used = new Set<JsonRecord>();
  for (const [at, tag] of listFrom(file.tags).entries()) {
    const place = `Tag ${at + 1} of ${report.path}`;
    const classIndex = classOf(tag, indexOf, place, report);
    if (classIndex === null) continue;
    const detail = details.find((record) => record.label === tag && !used.has(record)) ?? {};
    used.add(detail);
    objects.add(annotationOf(detail, image.key, classIndex, { type: 'tag' }, place, report), undefined);
  }
  return objects.annotations();
}

/** Names that a file's shapes and tags carry. */
export function* namesOfFile(file: JsonRecord): Generator<unknown> {
  for (const shape of listFrom(file.shapes)) if (isRecord(shape)) yield shape.label;
  yield* listFrom(file.tags);
}

function parsedShape(
  element: unknown,
  imageKey: string,
  indexOf: (name: unknown) => number | null,
  place: string,
  report: FileReport,
): DatasetAnnotation | null {
  const { path, problems } = report;
  if (!isRecord(element)) {
    problems.error('labelme-bad-shape', path, `${place} is not an object; it was left out.`);
    return null;
  }
  const classIndex = classOf(element.label, indexOf, place, report);
  if (classIndex === null) return null;
  const parsed = parseLabelmeShape(element);
  if (!('shape' in parsed)) {
    problems.error(
      parsed.code,
      path,
      `${place} ${parsed.reason}; it was left out. Draw it again in its program.`,
    );
    return null;
  }
  if (parsed.remark !== undefined)
    problems.warning(parsed.remark.code, path, `${place} ${parsed.remark.reason}.`);
  return annotationOf(element, imageKey, classIndex, parsed.shape, place, report);
}

function classOf(
  name: unknown,
  indexOf: (name: unknown) => number | null,
  place: string,
  { path, problems }: FileReport,
): number | null {
  const classIndex = indexOf(name);
  if (classIndex === null)
    problems.error('labelme-no-label', path, `${place} has no usable label; it was left out.`);
  return classIndex;
}

function annotationOf(
  record: JsonRecord,
  imageKey: string,
  classIndex: number,
  shape: Shape,
  place: string,
  report: FileReport,
): DatasetAnnotation {
  const isAlone = recordFrom(record[OWN_FIELD]).isAlone === true;
  const groupId = isAlone ? null : groupFrom(record.group_id);
  const note = noteFrom(record.description, place, report);
  return {
    imageKey,
    classIndex,
    shape,
    isCrowd: false,
    attributes: shapeAttributes(record, place, report),
    score: scoreFrom(record.score, place, report),
    ...(groupId === null ? {} : { groupId }),
    ...(note === '' ? {} : { note }),
  };
}

function groupFrom(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  const text = textFrom(value, 1_000);
  return text === '' ? null : text;
}

function noteFrom(value: unknown, place: string, { path, problems }: FileReport): string {
  const note = textFrom(value);
  if (note === null && typeof value === 'string') {
    problems.warning(
      'note-dropped',
      path,
      `${place} has a description of ${value.length} characters; it was not read.`,
    );
  }
  return note ?? '';
}

function scoreFrom(value: unknown, place: string, { path, problems }: FileReport): number | null {
  if (value === null || value === undefined) return null;
  const score = numberFrom(value);
  if (score !== null && score >= 0 && score <= 1) return score + 0;
  problems.warning(
    'score-out-of-range',
    path,
    `${place} has the score ${JSON.stringify(value)?.slice(0, 50)}, which is not from 0 to 1; it was read without one.`,
  );
  return null;
}

/** Flags first, then X-AnyLabeling's attributes and flag, then whatever else the shape has. */
function shapeAttributes(record: JsonRecord, place: string, report: FileReport): Attributes {
  const others = Object.entries(record).filter(([name]) => !SHAPE_FIELDS.has(name));
  return merged(
    [
      record.flags,
      record.attributes,
      // Every shape of X-AnyLabeling says whether it is difficult; that it is not says nothing.
      record.difficult === true ? { difficult: true } : {},
      Object.fromEntries(others),
      isFilled(record.kie_linking) ? { kie_linking: record.kie_linking } : {},
    ],
    place,
    report,
  );
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Attributes of several records; of a name that comes twice the first stands. */
function merged(records: readonly unknown[], place: string, { path, problems }: FileReport): Attributes {
  const dropped = (name: string) =>
    problems.warning(
      'attribute-dropped',
      path,
      `${place} has a field ${JSON.stringify(name.slice(0, 100))} that is no text, number, true or false, or has it twice; it was not read.`,
    );
  const attributes = new Map<string, AttributeValue>();
  for (const record of records) {
    for (const [name, value] of Object.entries(attributesFrom(record, dropped))) {
      if (attributes.has(name)) dropped(name);
      else attributes.set(name, value);
    }
  }
  return Object.fromEntries(attributes);
}

/** Size, flags and state of the picture; `fallbackSize` where the file does not say. */
export function imageOfFile(
  file: JsonRecord,
  key: string,
  fallbackSize: DatasetImage['size'],
  report: FileReport,
): DatasetImage {
  const { checked } = file;
  const attributes = merged(
    [
      file.flags,
      file.image_attributes,
      // X-AnyLabeling's mark that a person went over the picture; not to be checked says nothing.
      checked === true || checked === 'failed' ? { checked } : {},
    ],
    report.path,
    report,
  );
  const isEmpty = listFrom(file.shapes).length === 0 && listFrom(file.tags).length === 0;
  return {
    key,
    size: sizeFrom(file.imageWidth, file.imageHeight) ?? fallbackSize,
    split: null,
    // Both programs write a file only when a person saves the picture.
    state: isEmpty ? 'confirmedEmpty' : 'labelled',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}
