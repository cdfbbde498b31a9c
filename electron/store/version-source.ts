import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { datasetLabels } from '../../shared/datasets/dataset-labels';
import type {
  DatasetAnnotation,
  DatasetAttribute,
  DatasetImage,
  DatasetLabel,
  DatasetSource,
} from '../../shared/formats/format';
import { ImageState } from '../../shared/schema/annotation';
import { Split, type VersionManifest } from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import {
  type AttributeDefinition,
  AttributeValue,
  type LabelDefinition,
} from '../../shared/schema/label-schema';
import { annotationsTable } from './annotations-table';
import { type Database, openDatabase } from './duckdb';
import type { LakePaths } from './lake-paths';
import { ShapeColumns, shapeOfRow } from './shape-of-row';

const ImageRow = z.object({
  image_key: z.string(),
  width: z.number(),
  height: z.number(),
  split: Split,
  state: ImageState,
  exif_orientation: z.number(),
  sequence_id: z.string().nullable(),
  frame_index: z.number().nullable(),
  frame_timestamp: z.number().nullable(),
});

const AnnotationRow = z.object({
  image_key: z.string(),
  class_index: z.number(),
  ...ShapeColumns,
  attributes: z.string(),
  is_crowd: z.boolean(),
  is_occluded: z.boolean(),
  is_truncated: z.boolean(),
  score: z.number().nullable(),
  note: z.string().nullable(),
  group_id: z.string().nullable(),
  track_id: z.string().nullable(),
  is_keyframe: z.boolean().nullable(),
  is_outside: z.boolean().nullable(),
});
type AnnotationRow = z.infer<typeof AnnotationRow>;

const Attributes = z.record(z.string(), AttributeValue);

/** What an export copies an image by. */
export const ImageFileRow = z.object({
  image_key: z.string(),
  source_id: z.string(),
  source_key: z.string(),
  content_hash: z.string(),
  byte_size: z.number(),
});
export type ImageFileRow = z.infer<typeof ImageFileRow>;

export interface OpenVersion {
  readonly source: DatasetSource;
  /** The files of all images, in the order in which `source` gives them. */
  imageFiles(): AsyncIterable<ImageFileRow>;
  interrupt(): void;
  close(): Promise<void>;
}

/**
 * A stored version as something a format can write. Parquet is read chunk by chunk in the order it was written (by image key,
 * then drawing order), so memory does not grow with the version.
 */
export async function openVersion(
  paths: LakePaths,
  id: Sha256,
  manifest: VersionManifest,
): Promise<OpenVersion> {
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'groundmark-version-'));
  const database = await openDatabase({ path: ':memory:', temporaryFolder, threads: 1 });
  const images = path.join(paths.version(id), 'images.parquet');
  const annotations = path.join(paths.version(id), 'annotations.parquet');
  return {
    source: versionSource(database, { images, annotations }, manifest),

    async *imageFiles() {
      const columns = Object.keys(ImageFileRow.shape).join(', ');
      for await (const rows of database.chunks(ImageFileRow, `SELECT ${columns} FROM read_parquet($1)`, [
        images,
      ])) {
        yield* rows;
      }
    },

    interrupt: () => database.interrupt(),

    async close() {
      database.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

function versionSource(
  database: Database,
  files: { readonly images: string; readonly annotations: string },
  manifest: VersionManifest,
): DatasetSource {
  async function* images(): AsyncGenerator<DatasetImage> {
    const columns = Object.keys(ImageRow.shape).join(', ');
    for await (const rows of database.chunks(ImageRow, `SELECT ${columns} FROM read_parquet($1)`, [
      files.images,
    ])) {
      for (const row of rows) yield datasetImage(row);
    }
  }

  return {
    images,

    async *labels() {
      for (const label of datasetLabels(manifest.labelSchema)) yield datasetLabel(label);
    },

    async *annotationsByImage() {
      const columns = Object.keys(AnnotationRow.shape).join(', ');
      const chunks = database.chunks(
        AnnotationRow,
        `SELECT ${columns} FROM ${annotationsTable('$1', manifest)}`,
        [files.annotations],
      );
      let rows: readonly AnnotationRow[] = [];
      let at = 0;
      try {
        for await (const image of images()) {
          const ofImage: DatasetAnnotation[] = [];
          for (;;) {
            if (at === rows.length) {
              const next = await chunks.next();
              if (next.done) break;
              rows = next.value;
              at = 0;
              continue;
            }
            const row = rows[at];
            // Both files are in the order of the keys, so the first row of another image ends this one.
            if (row === undefined || row.image_key !== image.key) break;
            ofImage.push(datasetAnnotation(row));
            at += 1;
          }
          yield { image, annotations: ofImage };
        }
      } finally {
        await chunks.return();
      }
    },
  };
}

function datasetLabel(label: LabelDefinition): DatasetLabel {
  const { classIndex, name, supercategory, color, skeleton, attributes, allowedShapes } = label;
  return {
    classIndex,
    name,
    supercategory,
    color,
    ...(skeleton === undefined
      ? {}
      : { skeleton: { joints: skeleton.joints.map((joint) => joint.name), edges: skeleton.edges } }),
    ...(attributes.length === 0 ? {} : { attributes: attributes.map(datasetAttribute) }),
    ...(allowedShapes.length === 0 ? {} : { allowedShapes }),
  };
}

function datasetAttribute(attribute: AttributeDefinition): DatasetAttribute {
  const { name, kind, defaultValue } = attribute;
  return { name, kind, options: attribute.kind === 'select' ? attribute.options : [], defaultValue };
}

function datasetImage(row: z.infer<typeof ImageRow>): DatasetImage {
  return {
    key: row.image_key,
    size: { width: row.width, height: row.height },
    split: row.split,
    state: row.state,
    exifOrientation: row.exif_orientation,
    ...(row.sequence_id === null || row.frame_index === null
      ? {}
      : {
          frame: {
            sequence: row.sequence_id,
            index: row.frame_index,
            ...(row.frame_timestamp === null ? {} : { timestampInMs: row.frame_timestamp }),
          },
        }),
  };
}

function datasetAnnotation(row: AnnotationRow): DatasetAnnotation {
  return {
    imageKey: row.image_key,
    classIndex: row.class_index,
    shape: shapeOfRow(row),
    isCrowd: row.is_crowd,
    attributes: attributesOf(row),
    score: row.score,
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.group_id === null ? {} : { groupId: row.group_id }),
    ...(row.track_id === null ? {} : { trackId: row.track_id }),
    ...(row.is_keyframe === null ? {} : { isKeyframe: row.is_keyframe }),
    ...(row.is_outside === null ? {} : { isOutside: row.is_outside }),
  };
}

/** Formats know no flags but crowd; as attributes they go out where a format has those, and are counted where not. */
function attributesOf(row: AnnotationRow): Readonly<Record<string, AttributeValue>> {
  const attributes = row.attributes === '{}' ? {} : Attributes.parse(JSON.parse(row.attributes));
  if (row.is_occluded && !('occluded' in attributes)) attributes.occluded = true;
  if (row.is_truncated && !('truncated' in attributes)) attributes.truncated = true;
  return attributes;
}
