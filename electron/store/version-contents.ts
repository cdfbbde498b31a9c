import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { VersionContents } from '../../shared/ipc/channels/version-contents';
import { ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { annotationsTable } from './annotations-table';
import { openDatabase } from './duckdb';
import type { LakePaths } from './lake-paths';
import { readVersion } from './stored-version';

/** A shape that reaches out by less is rounded, not outside; as the clamp of exports sees it. */
const OUTSIDE_BY_IMAGE_PX = 5e-4;

const AnnotationCounts = z.object({
  annotations: z.number(),
  attributes: z.number(),
  isCrowd: z.number(),
  score: z.number(),
  groups: z.number(),
  tracks: z.number(),
  notes: z.number(),
  outside: z.number(),
  labels: z.number(),
});

const ImageCounts = z.object({
  images: z.number(),
  emptyImages: z.number(),
  unlabelledImages: z.number(),
  frames: z.number(),
  splits: z.number(),
  turnedImages: z.number(),
});

const countAnnotations = (annotations: string) => `
  SELECT count(*) AS annotations,
         count(*) FILTER (a.attributes <> '{}' OR a.is_occluded OR a.is_truncated) AS attributes,
         count(*) FILTER (a.is_crowd) AS "isCrowd", count(a.score) AS score, count(a.group_id) AS groups,
         count(a.track_id) AS tracks, count(a.note) AS notes, count(DISTINCT a.label_id) AS labels,
         count(*) FILTER (
           a.shape_type <> 'tag' AND (a.x < -$3 OR a.y < -$3 OR a.x + a.width > i.width + $3 OR a.y + a.height > i.height + $3)
         ) AS outside
  FROM ${annotations} a JOIN read_parquet($2) i USING (image_id)`;

const COUNT_IMAGES = `
  SELECT count(*) AS images, count(*) FILTER (state = 'confirmedEmpty') AS "emptyImages",
         count(*) FILTER (state IN ('unlabelled', 'inProgress')) AS "unlabelledImages",
         count(sequence_id) AS frames, count(DISTINCT split) AS splits,
         count(*) FILTER (exif_orientation > 1) AS "turnedImages"
  FROM read_parquet($1)`;

/** Counts what a version holds by the queries of one pass; some tenths of a second for a million annotations. */
export async function versionContents(paths: LakePaths, id: Sha256): Promise<Result<VersionContents>> {
  const stored = await readVersion(paths, id);
  if (!stored.ok) return stored;
  const { manifest } = stored.value;
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'groundmark-contents-'));
  const database = await openDatabase({ path: ':memory:', temporaryFolder, threads: 2 });
  try {
    const images = path.join(paths.version(id), 'images.parquet');
    const annotations = path.join(paths.version(id), 'annotations.parquet');
    const table = annotationsTable('$1', manifest);
    const [ofAnnotations] = await database.rows(AnnotationCounts, countAnnotations(table), [
      annotations,
      images,
      OUTSIDE_BY_IMAGE_PX,
    ]);
    const [ofImages] = await database.rows(ImageCounts, COUNT_IMAGES, [images]);
    const shapes = await database.rows(
      z.object({ type: z.enum(SHAPE_TYPES), times: z.number() }),
      `SELECT shape_type AS type, count(*) AS times FROM ${table} GROUP BY shape_type ORDER BY shape_type`,
      [annotations],
    );
    const labels = manifest.labelSchema.labels.filter((label) => label.mergedIntoId === null).length;
    const counted = AnnotationCounts.parse(ofAnnotations);
    return ok({
      ...counted,
      ...ImageCounts.parse(ofImages),
      labels,
      unusedLabels: Math.max(0, labels - counted.labels),
      shapes: Object.fromEntries(shapes.map(({ type, times }) => [type, times])),
    });
  } finally {
    database.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}
