import path from 'node:path';
import { z } from 'zod';
import { Annotation } from '../../shared/schema/annotation';
import type { VersionManifest } from '../../shared/schema/dataset-version';
import type { Sha256 } from '../../shared/schema/ids';
import { AttributeValue } from '../../shared/schema/label-schema';
import { annotationsTable } from './annotations-table';
import type { Database } from './duckdb';
import type { LakePaths } from './lake-paths';
import { ShapeColumns, shapeOfRow } from './shape-of-row';

const Row = z.object({
  source_key: z.string(),
  annotation_id: z.string(),
  label_id: z.string(),
  merged_label_id: z.string().nullable(),
  ...ShapeColumns,
  attributes: z.string(),
  is_crowd: z.boolean(),
  is_occluded: z.boolean(),
  is_truncated: z.boolean(),
  note: z.string().nullable(),
  group_id: z.string().nullable(),
  track_id: z.string().nullable(),
  is_keyframe: z.boolean().nullable(),
  is_outside: z.boolean().nullable(),
  score: z.number().nullable(),
  origin: z.string(),
  author: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  revision: z.number(),
});

/** A version's annotations as records again, by the key of their image below its source. Held in memory. */
export async function readPreviousAnnotations(
  database: Database,
  paths: LakePaths,
  id: Sha256,
  { labelSchema: schema, formatVersion }: Pick<VersionManifest, 'labelSchema' | 'formatVersion'>,
): Promise<ReadonlyMap<string, readonly Annotation[]>> {
  const attributeIds = new Map(
    schema.labels.map((label) => [
      label.id as string,
      new Map(label.attributes.map((attribute) => [attribute.name, attribute.id as string])),
    ]),
  );
  const byKey = new Map<string, Annotation[]>();
  const select = `
    SELECT i.source_key, a.* FROM ${annotationsTable('$1', { formatVersion })} a JOIN read_parquet($2) i USING (image_id)
    ORDER BY i.source_key, a.ordinal`;
  const files = ['annotations.parquet', 'images.parquet'].map((name) => path.join(paths.version(id), name));
  for await (const rows of database.chunks(Row, select, files)) {
    for (const row of rows) {
      const names = new Map([
        ...(attributeIds.get(row.label_id) ?? []),
        ...(attributeIds.get(row.merged_label_id ?? row.label_id) ?? []),
      ]);
      const attributes = z.record(z.string(), AttributeValue).parse(JSON.parse(row.attributes));
      const annotation = Annotation.parse({
        id: row.annotation_id,
        labelId: row.label_id,
        shape: shapeOfRow(row),
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [names.get(name) ?? name, value]),
        ),
        isLocked: false,
        isHidden: false,
        isOccluded: row.is_occluded,
        isTruncated: row.is_truncated,
        isCrowd: row.is_crowd,
        origin: row.origin,
        createdBy: row.author,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        revision: row.revision,
        ...(row.note === null ? {} : { note: row.note }),
        ...(row.group_id === null ? {} : { groupId: row.group_id }),
        ...(row.track_id === null ? {} : { trackId: row.track_id }),
        ...(row.is_keyframe === null ? {} : { isKeyframe: row.is_keyframe }),
        ...(row.is_outside === null ? {} : { isOutside: row.is_outside }),
        ...(row.score === null ? {} : { score: row.score }),
      });
      const list = byKey.get(row.source_key);
      if (list === undefined) byKey.set(row.source_key, [annotation]);
      else list.push(annotation);
    }
  }
  return byKey;
}
