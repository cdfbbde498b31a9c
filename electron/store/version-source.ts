import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { datasetLabels } from '../../shared/datasets/dataset-labels';
import type { DatasetAnnotation, DatasetImage, DatasetSource } from '../../shared/formats/format';
import { ImageState } from '../../shared/schema/annotation';
import { Split, type VersionManifest } from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import { AttributeValue } from '../../shared/schema/label-schema';
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
  /** The files of the images that have been looked at, in the order of their keys. */
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
      for await (const rows of database.chunks(
        ImageFileRow,
        `SELECT ${columns} FROM read_parquet($1) WHERE state <> 'unlabelled'`,
        [images],
      )) {
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
      for (const row of rows) {
        yield {
          key: row.image_key,
          size: { width: row.width, height: row.height },
          split: row.split,
          state: row.state,
        };
      }
    }
  }

  return {
    images,

    async *labels() {
      for (const { classIndex, name, supercategory } of datasetLabels(manifest.labelSchema)) {
        yield { classIndex, name, supercategory };
      }
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

function datasetAnnotation(row: AnnotationRow): DatasetAnnotation {
  return {
    imageKey: row.image_key,
    classIndex: row.class_index,
    shape: shapeOfRow(row),
    isCrowd: row.is_crowd,
    attributes: attributesOf(row),
    score: row.score,
  };
}

/** Formats know no flags but crowd; as attributes they go out where a format has those, and are counted where not. */
function attributesOf(row: AnnotationRow): Readonly<Record<string, AttributeValue>> {
  const attributes = row.attributes === '{}' ? {} : Attributes.parse(JSON.parse(row.attributes));
  if (row.is_occluded && !('occluded' in attributes)) attributes.occluded = true;
  if (row.is_truncated && !('truncated' in attributes)) attributes.truncated = true;
  return attributes;
}
