import { ANNOTATION_ORIGINS, type Annotation, IMAGE_STATES } from '../../shared/schema/annotation';
import type { LabelId, ProjectId } from '../../shared/schema/ids';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import type { GroundmarkDatabase } from '../persistence/database';
import { type LabelledImage, labelledImagesAt } from '../persistence/labelled-images';
import { imageRecordOf } from '../persistence/stored-records';
import type { ObjectDetail, ObjectFacets, ObjectsOfImage } from './object-messages';
import type { OtherColumns } from './object-query';
import { OBJECT_FLAGS, type ObjectTable } from './object-table';

/** Points of an outline nearer than this part of the object's longer side are left out: half a px on a crop of 256. */
const LEAST_STEP = 1 / 512;

/** What the objects at these rows are, read from the database; gone and damaged ones are left out. */
export async function describeObjects(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  table: ObjectTable,
  rows: readonly number[],
): Promise<ObjectDetail[]> {
  const { ordinal } = table.columns();
  const ordinals = [...new Set(rows.map((row) => ordinal[row] ?? 0))];
  const images = await labelledImagesAt(db, projectId, ordinals);
  const byOrdinal = new Map(images.map((image) => [image.image.ordinal, indexed(image)]));
  return rows.flatMap((row) => {
    const image = byOrdinal.get(ordinal[row] ?? 0);
    const annotation = image?.annotations.get(table.idOf(row));
    if (image === undefined || annotation === undefined) return [];
    const bounds = behaviourOf(annotation.shape).bounds(annotation.shape);
    return [
      {
        row,
        id: annotation.id,
        labelId: annotation.labelId,
        shapeType: annotation.shape.type,
        origin: annotation.origin,
        isLocked: annotation.isLocked,
        bounds: { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height },
        outline: outlineOf(annotation, Math.max(bounds.width, bounds.height) * LEAST_STEP),
        score: annotation.score ?? null,
        createdBy: annotation.createdBy,
        updatedAt: Math.floor(Date.parse(annotation.updatedAt) / 1000),
        image: imageRecordOf(image.image),
        imageRevision: image.image.revision,
      },
    ];
  });
}

function indexed({ image, annotations }: LabelledImage) {
  return { image, annotations: new Map((annotations ?? []).map((each) => [each.id.toLowerCase(), each])) };
}

/** Its lines as x, y, … in image px; points nearer to each other than `leastStep` on both axes are left out. */
export function outlineOf({ shape }: Annotation, leastStep: number): Float32Array[] {
  return behaviourOf(shape)
    .outline(shape)
    .map(({ points, isClosed }) => {
      const kept: number[] = [];
      let lastX = Number.NaN;
      let lastY = Number.NaN;
      points.forEach(({ x, y }, index) => {
        const isLast = index === points.length - 1;
        if (!isLast && Math.abs(x - lastX) < leastStep && Math.abs(y - lastY) < leastStep) return;
        kept.push(x, y);
        lastX = x;
        lastY = y;
      });
      const [first] = points;
      if (isClosed && first !== undefined) kept.push(first.x, first.y);
      return Float32Array.from(kept);
    });
}

/** The objects at these rows by image, in the order of images; those that are gone are left out. */
export function objectsByImage(table: ObjectTable, rows: Uint32Array): ObjectsOfImage[] {
  const { ordinal, flags } = table.columns();
  const byOrdinal = new Map<number, number[]>();
  for (const row of rows) {
    if (((flags[row] ?? 0) & OBJECT_FLAGS.gone) !== 0) continue;
    const image = ordinal[row] ?? 0;
    const found = byOrdinal.get(image);
    if (found === undefined) byOrdinal.set(image, [row]);
    else found.push(row);
  }
  return [...byOrdinal]
    .sort(([a], [b]) => a - b)
    .flatMap(([image, found]) => {
      const imageId = table.imageIdAt(image);
      return imageId === null ? [] : [{ imageId, ids: found.map((row) => table.idOf(row)) }];
    });
}

/** How many objects there are of each label, person, kind, origin and state of image. O(rows). */
export function facetsOf(table: ObjectTable, others: OtherColumns): ObjectFacets {
  const { label, person, shape, origin, flags, ordinal, score } = table.columns();
  const { state } = table.images();
  const labels = new Uint32Array(table.labelIds.length);
  const people = new Uint32Array(table.people.length);
  const shapes = new Uint32Array(SHAPE_TYPES.length);
  const origins = new Uint32Array(ANNOTATION_ORIGINS.length);
  const states = new Uint32Array(IMAGE_STATES.length);
  const count = (counts: Uint32Array, at: number | undefined) => {
    counts[at ?? 0] = (counts[at ?? 0] ?? 0) + 1;
  };
  let hasScores = false;
  for (let row = 0; row < table.rowCount; row += 1) {
    if (((flags[row] ?? 0) & OBJECT_FLAGS.gone) !== 0) continue;
    count(labels, label[row]);
    count(people, person[row]);
    count(shapes, shape[row]);
    count(origins, origin[row]);
    count(states, state[ordinal[row] ?? 0]);
    hasScores ||= !Number.isNaN(score[row]);
  }
  return {
    size: table.size,
    labels: counted<LabelId>(table.labelIds, labels),
    people: counted(table.people, people),
    shapeTypes: counted(SHAPE_TYPES, shapes),
    origins: counted(ANNOTATION_ORIGINS, origins),
    imageStates: counted(IMAGE_STATES, states),
    hasScores,
    hasDisagreement: others.disagreement !== undefined,
  };
}

function counted<Value>(values: readonly Value[], counts: Uint32Array) {
  return values
    .map((value, index) => ({ value, count: counts[index] ?? 0 }))
    .filter((entry) => entry.count > 0);
}
