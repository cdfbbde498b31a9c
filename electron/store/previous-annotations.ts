import path from 'node:path';
import { z } from 'zod';
import { Annotation } from '../../shared/schema/annotation';
import type { Sha256 } from '../../shared/schema/ids';
import { AttributeValue, type LabelSchema } from '../../shared/schema/label-schema';
import type { Database } from './duckdb';
import type { LakePaths } from './lake-paths';

const Row = z.object({
  source_key: z.string(),
  annotation_id: z.string(),
  label_id: z.string(),
  merged_label_id: z.string().nullable(),
  shape_type: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  points: z.array(z.object({ x: z.number(), y: z.number() })).nullable(),
  attributes: z.string(),
  is_crowd: z.boolean(),
  is_occluded: z.boolean(),
  is_truncated: z.boolean(),
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
  schema: LabelSchema,
): Promise<ReadonlyMap<string, readonly Annotation[]>> {
  const attributeIds = new Map(
    schema.labels.map((label) => [
      label.id as string,
      new Map(label.attributes.map((attribute) => [attribute.name, attribute.id as string])),
    ]),
  );
  const byKey = new Map<string, Annotation[]>();
  const select = `
    SELECT i.source_key, a.* FROM read_parquet($1) a JOIN read_parquet($2) i USING (image_id)
    ORDER BY i.source_key, a.ordinal`;
  const files = ['annotations.parquet', 'images.parquet'].map((name) => path.join(paths.version(id), name));
  for await (const rows of database.chunks(Row, select, files)) {
    for (const row of rows) {
      const names = attributeIds.get(row.merged_label_id ?? row.label_id);
      const attributes = z.record(z.string(), AttributeValue).parse(JSON.parse(row.attributes));
      const { x, y, width, height } = row;
      const annotation = Annotation.parse({
        id: row.annotation_id,
        labelId: row.label_id,
        shape:
          row.points === null
            ? { type: 'box', x, y, width, height }
            : { type: row.shape_type, points: row.points },
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [names?.get(name) ?? name, value]),
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
        ...(row.score === null ? {} : { score: row.score }),
      });
      const list = byKey.get(row.source_key);
      if (list === undefined) byKey.set(row.source_key, [annotation]);
      else list.push(annotation);
    }
  }
  return byKey;
}
