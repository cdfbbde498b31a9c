import { canonicalJson } from '../document/canonical-json';
import type { PublishReview, PublishRow } from '../ipc/channels/datasets';
import { appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import type { Annotation } from '../schema/annotation';
import type { VersionFilter } from '../schema/dataset-version';
import type { LabelId } from '../schema/ids';
import type { LabelDefinition, LabelSchema } from '../schema/label-schema';
import { resolveMergedLabels } from '../schema/resolve-label';
import { behaviourOf } from '../shapes';

/** One line of images.parquet before its split and its place in the dataset are known. Names are column names. */
export interface VersionImageRow {
  readonly image_id: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_key: string;
  readonly content_hash: string;
  readonly byte_size: number;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly exif_orientation: number;
  readonly captured_at: string | null;
  readonly state: string;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
  readonly annotation_count: number;
  readonly sequence_id: string | null;
  readonly frame_index: number | null;
  readonly frame_timestamp: number | null;
  /** Where it stands in review; null where nothing is known of reviews. */
  readonly review: VersionReviewRow | null;
}

/** One line of reviews.parquet without the image. Names are column names. */
export interface VersionReviewRow {
  readonly stage: string;
  readonly state: string;
  readonly labeller: string | null;
  readonly reviewer: string | null;
  readonly submitted_at: string | null;
  readonly judged_at: string | null;
  readonly verdict: string | null;
  readonly rounds: number;
  readonly defects: number;
  readonly open_threads: number;
  readonly judged_revision: number | null;
  readonly is_changed_since: boolean;
}

/** One line of annotations.parquet before its image's split is known. */
export interface VersionAnnotationRow {
  readonly annotation_id: string;
  readonly image_id: string;
  /** Place in the image's drawing order, 0 at the bottom. */
  readonly ordinal: number;
  readonly label_id: string;
  readonly class_index: number;
  readonly label_name: string;
  /** The label it was drawn with, when that one was merged into another since. */
  readonly merged_label_id: string | null;
  readonly shape_type: string;
  /** Bounds in image px, displayed frame; for a box they are the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Vertices of a polyline in image px, null for all else. */
  readonly points: readonly { readonly x: number; readonly y: number }[] | null;
  /** Canonical JSON of the whole shape; null for boxes and polylines, which the columns before say in full. */
  readonly geometry: string | null;
  /** Canonical JSON: attribute value by attribute name. */
  readonly attributes: string;
  readonly is_crowd: boolean;
  readonly is_occluded: boolean;
  readonly is_truncated: boolean;
  readonly note: string | null;
  /** Objects of one image with the same one belong together. */
  readonly group_id: string | null;
  readonly score: number | null;
  readonly origin: string;
  readonly model_id: string | null;
  readonly track_id: string | null;
  readonly is_keyframe: boolean | null;
  readonly is_outside: boolean | null;
  readonly author: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly revision: number;
}

export interface VersionRows {
  readonly image: VersionImageRow;
  readonly annotations: readonly VersionAnnotationRow[];
}

/**
 * Makes the function that turns a project's image into a version's rows. It leaves out images whose state or stage the
 * filter does not name (null) and annotations whose label it does not name; an image that loses all its annotations this way stays,
 * because it was looked at and is a true negative for the labels that are left.
 * How a person views an object (locked, hidden) is not part of a dataset.
 * Refuses with `schema.unknown-label` an annotation whose label the schema does not hold.
 */
export function versionRowMaker(
  schema: LabelSchema,
  filter: VersionFilter,
): (row: PublishRow) => Result<VersionRows | null> {
  const resolved = resolveMergedLabels(schema);
  const own = new Map(schema.labels.map((label) => [label.id, label]));
  const states = new Set(filter.states);
  const wanted = new Set<LabelId>(filter.labelIds.map((id) => resolved.get(id)?.id ?? id));

  return ({ image, sourceName, status, annotations, review }) => {
    if (states.size > 0 && !states.has(status.state)) return ok(null);
    if (filter.stages !== undefined && !filter.stages.includes(review?.stage ?? 'annotation'))
      return ok(null);
    const rows: VersionAnnotationRow[] = [];
    for (const [ordinal, annotation] of annotations.entries()) {
      const label = resolved.get(annotation.labelId);
      const drawnWith = own.get(annotation.labelId);
      if (label === undefined || drawnWith === undefined) {
        return err(
          appError(
            'schema.unknown-label',
            `An annotation of ${image.key} has a label that the project does not know. Relabel or delete it, then publish again.`,
            { key: image.key, annotationId: annotation.id, labelId: annotation.labelId },
          ),
        );
      }
      if (wanted.size > 0 && !wanted.has(label.id)) continue;
      rows.push(annotationRow(image.id, annotation, ordinal, label, drawnWith));
    }
    return ok({
      image: {
        image_id: image.id,
        source_id: image.sourceId,
        source_name: sourceName,
        source_key: image.key,
        content_hash: image.contentHash,
        byte_size: image.byteSize,
        format: image.format,
        width: image.width,
        height: image.height,
        exif_orientation: image.exifOrientation,
        captured_at: image.capturedAt,
        state: status.state,
        decided_by: status.decidedBy,
        decided_at: status.decidedAt,
        annotation_count: rows.length,
        sequence_id: image.sequenceId ?? null,
        frame_index: image.frameIndex ?? null,
        frame_timestamp: image.frameTimestamp ?? null,
        review: review === undefined ? null : reviewRow(review),
      },
      annotations: rows,
    });
  };
}

function reviewRow(review: PublishReview): VersionReviewRow {
  return {
    stage: review.stage,
    state: review.state,
    labeller: review.labeller,
    reviewer: review.reviewer,
    submitted_at: review.submittedAt,
    judged_at: review.judgedAt,
    verdict: review.verdict,
    rounds: review.rounds,
    defects: review.defects,
    open_threads: review.openThreads,
    judged_revision: review.judgedRevision,
    is_changed_since: review.isChangedSince,
  };
}

function annotationRow(
  imageId: string,
  annotation: Annotation,
  ordinal: number,
  label: LabelDefinition,
  drawnWith: LabelDefinition,
): VersionAnnotationRow {
  const { shape } = annotation;
  const bounds = behaviourOf(shape).bounds(shape);
  return {
    annotation_id: annotation.id,
    image_id: imageId,
    ordinal,
    label_id: label.id,
    class_index: label.classIndex,
    label_name: label.name,
    merged_label_id: label.id === drawnWith.id ? null : drawnWith.id,
    shape_type: shape.type,
    x: bounds.x,
    y: bounds.y,
    width: bounds.width,
    height: bounds.height,
    points: shape.type === 'polyline' ? shape.points.map(({ x, y }) => ({ x, y })) : null,
    geometry: shape.type === 'box' || shape.type === 'polyline' ? null : canonicalJson(shape),
    attributes: attributesByName(annotation, label, drawnWith),
    is_crowd: annotation.isCrowd,
    is_occluded: annotation.isOccluded,
    is_truncated: annotation.isTruncated,
    note: annotation.note ?? null,
    group_id: annotation.groupId ?? null,
    score: annotation.score ?? null,
    origin: annotation.origin,
    model_id: annotation.modelId ?? null,
    track_id: annotation.trackId ?? null,
    is_keyframe: annotation.isKeyframe ?? null,
    is_outside: annotation.isOutside ?? null,
    author: annotation.createdBy,
    created_at: annotation.createdAt,
    updated_at: annotation.updatedAt,
    revision: annotation.revision,
  };
}

/**
 * Answers to the label it was drawn with and to the one that was merged into. Values whose attribute is gone from both
 * keep their id as the name: an odd name is better than a lost value.
 */
function attributesByName(
  annotation: Annotation,
  label: LabelDefinition,
  drawnWith: LabelDefinition,
): string {
  const names = new Map<string, string>(
    [...label.attributes, ...drawnWith.attributes].map((attribute) => [attribute.id, attribute.name]),
  );
  const byName: Record<string, unknown> = Object.create(null);
  for (const [id, value] of Object.entries(annotation.attributes)) {
    const name = names.get(id) ?? id;
    byName[name in byName ? id : name] = value;
  }
  return canonicalJson(byName);
}
