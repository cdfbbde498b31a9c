import type { ImportBatch } from '../ipc/channels/datasets';
import type { Annotation, ImageState } from '../schema/annotation';
import type { IdSource, ImageId, LabelId } from '../schema/ids';
import type { AttributeDefinition, LabelSchema } from '../schema/label-schema';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import { shapeDifference } from '../shapes/shape-difference';
import { addImportedAttributes } from './imported-attributes';
import { type ClassMapping, type ImportedClass, mapClasses } from './map-classes';
import { matchImageKeys } from './match-image-keys';

export type ImportedImage = ImportBatch['images'][number];
export type ImportedAnnotation = ImportedImage['annotations'][number];

/** What to do with an image that has annotations already. */
export type ConflictChoice = 'add' | 'replace' | 'skip';

/** An image of the project that labels may be for. */
export interface TargetImage {
  readonly id: ImageId;
  readonly key: string;
  readonly isPreferred: boolean;
  readonly width: number;
  readonly height: number;
  readonly annotationCount: number;
  readonly state: ImageState;
}

export interface PlannedImage {
  readonly imageId: ImageId;
  readonly mode: ConflictChoice;
  readonly isConfirmedEmpty: boolean;
  readonly annotations: readonly (ImportedAnnotation & { readonly labelId: LabelId })[];
}

/** What an import will do: `plan` is carried out as it stands, `preview` is what the person reads before they agree. */
export interface PlannedLabelImport {
  readonly plan: {
    readonly label: string;
    readonly schemaAfter: LabelSchema;
    readonly images: readonly PlannedImage[];
  };
  readonly preview: LabelImportPreview;
}

export interface LabelImportPreview {
  readonly matchedImages: number;
  readonly unmatchedKeys: readonly string[];
  readonly ambiguousKeys: readonly string[];
  readonly annotationsToAdd: number;
  readonly emptyImages: number;
  /** Images that have annotations already, and how many annotations they hold. */
  readonly conflicts: readonly {
    readonly key: string;
    readonly existing: number;
    readonly incoming: number;
  }[];
  /** Annotations that the image already has, which `add` leaves out. */
  readonly duplicates: number;
  readonly newLabels: readonly string[];
  readonly newAttributes: readonly string[];
  readonly mappings: readonly (ClassMapping & { readonly annotations: number })[];
  /** Annotations that lie wholly outside their picture; they are kept and the checks will point at them. */
  readonly outsidePicture: number;
}

/** Two shapes closer than this everywhere are the same one written by two tools that round differently. */
const SAME_SHAPE_TOLERANCE_IN_IMAGE_PX = 0.51;

/**
 * Works out what importing these labels would do. Pure: nothing is stored, and the same input gives the same plan but
 * for the ids of new labels. Cost is linear in annotations, times existing ones on images that have labels already.
 */
export function planLabelImport(input: {
  readonly label: string;
  readonly schema: LabelSchema;
  readonly classes: readonly ImportedClass[];
  readonly labelledImages: readonly ImportedImage[];
  readonly projectImages: readonly TargetImage[];
  /** Annotations of project images that have some, as far as they matter for `add`. */
  readonly existing: ReadonlyMap<ImageId, readonly Annotation[]>;
  readonly choice: ConflictChoice;
  readonly newId: IdSource;
}): PlannedLabelImport {
  const keys = input.labelledImages.map((image) => image.key);
  const match = matchImageKeys(keys, input.projectImages);
  const targetById = new Map(input.projectImages.map((image) => [image.id, image]));
  const matched = input.labelledImages.flatMap((labelled) => {
    const imageId = match.imageIdByKey.get(labelled.key);
    const target = imageId === undefined ? undefined : targetById.get(imageId);
    return target === undefined ? [] : [{ labelled, target }];
  });

  const countByClass = countAnnotations(matched.map(({ labelled }) => labelled));
  const usedClasses = input.classes.filter((one) => countByClass.has(one.classIndex));
  const named = withUnnamedClasses(usedClasses, countByClass);
  const mapped = mapClasses(input.schema, named, input.newId);
  const labelIdByClass = new Map(mapped.mappings.map((m) => [m.importedClass.classIndex, m.labelId]));
  const withLabels = matched.map(({ labelled, target }) => ({
    labelled,
    target,
    annotations: labelled.annotations.flatMap((annotation) => {
      const labelId = labelIdByClass.get(annotation.classIndex);
      return labelId === undefined ? [] : [{ ...annotation, labelId }];
    }),
  }));
  const attributed = addImportedAttributes(
    mapped.schemaAfter,
    withLabels.flatMap((image) => image.annotations),
    input.newId,
  );

  const conflicts: LabelImportPreview['conflicts'][number][] = [];
  const images: PlannedImage[] = [];
  let duplicates = 0;
  let outsidePicture = 0;
  for (const { labelled, target, annotations } of withLabels) {
    const isConflict = target.annotationCount > 0;
    if (isConflict) {
      conflicts.push({ key: target.key, existing: target.annotationCount, incoming: annotations.length });
    }
    const mode: ConflictChoice = isConflict ? input.choice : 'add';
    const existing = mode === 'add' ? (input.existing.get(target.id) ?? []) : [];
    const fresh =
      mode === 'skip' ? [] : annotations.filter((one) => !existing.some((old) => isSame(old, one)));
    if (mode !== 'skip') duplicates += annotations.length - fresh.length;
    outsidePicture += fresh.filter((one) => isOutside(one.shape, target)).length;
    // What is confirmed already stays as it is, with who said so and when.
    const isConfirmedEmpty =
      labelled.isConfirmedEmpty &&
      annotations.length === 0 &&
      !isConflict &&
      target.state !== 'confirmedEmpty';
    if (fresh.length > 0 || isConfirmedEmpty || mode === 'replace') {
      images.push({ imageId: target.id, mode, isConfirmedEmpty, annotations: fresh });
    }
  }

  const isUnchanged = attributed.schema === mapped.schemaAfter;
  return {
    plan: {
      label: input.label,
      schemaAfter: isUnchanged
        ? mapped.schemaAfter
        : { ...attributed.schema, revision: input.schema.revision + 1 },
      images,
    },
    preview: {
      matchedImages: matched.length,
      unmatchedKeys: match.unmatchedKeys,
      ambiguousKeys: match.ambiguousKeys,
      annotationsToAdd: images.reduce((sum, image) => sum + image.annotations.length, 0),
      emptyImages: images.filter((image) => image.isConfirmedEmpty).length,
      conflicts,
      duplicates,
      newLabels: mapped.mappings.flatMap((m) => (m.how === 'new' ? [m.importedClass.name] : [])),
      newAttributes: attributed.added.map(describeAttribute),
      mappings: mapped.mappings.map((m) => ({
        ...m,
        annotations: countByClass.get(m.importedClass.classIndex) ?? 0,
      })),
      outsidePicture,
    },
  };
}

function countAnnotations(images: readonly ImportedImage[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const image of images) {
    for (const { classIndex } of image.annotations) counts.set(classIndex, (counts.get(classIndex) ?? 0) + 1);
  }
  return counts;
}

/** Annotations of a class that the file never names must not be lost: they get a label named by its number. */
function withUnnamedClasses(
  classes: readonly ImportedClass[],
  countByClass: ReadonlyMap<number, number>,
): readonly ImportedClass[] {
  const known = new Set(classes.map((one) => one.classIndex));
  const unnamed = [...countByClass.keys()]
    .filter((classIndex) => !known.has(classIndex))
    .sort((a, b) => a - b);
  return [
    ...classes,
    ...unnamed.map((classIndex) => ({ classIndex, name: `class ${classIndex}`, supercategory: null })),
  ];
}

function describeAttribute(added: {
  readonly label: string;
  readonly attribute: AttributeDefinition;
}): string {
  return `${added.label}: ${added.attribute.name} (${added.attribute.kind})`;
}

function isSame(existing: Annotation, incoming: ImportedAnnotation & { readonly labelId: LabelId }): boolean {
  return (
    existing.labelId === incoming.labelId &&
    shapeDifference(existing.shape, incoming.shape) <= SAME_SHAPE_TOLERANCE_IN_IMAGE_PX
  );
}

function isOutside(shape: Shape, image: TargetImage): boolean {
  const { bounds: boundsOf, cover } = behaviourOf(shape);
  if (cover === 'none') return false;
  const bounds = boundsOf(shape);
  // Points and lines on the edge have nothing outside.
  if (cover !== 'area') {
    return (
      bounds.x > image.width ||
      bounds.y > image.height ||
      bounds.x + bounds.width < 0 ||
      bounds.y + bounds.height < 0
    );
  }
  return (
    bounds.x >= image.width ||
    bounds.y >= image.height ||
    bounds.x + bounds.width <= 0 ||
    bounds.y + bounds.height <= 0
  );
}
