import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { labelChanges } from '../../shared/datasets/label-changes';
import type { VersionDiff } from '../../shared/ipc/channels/datasets';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { annotationsTable } from './annotations-table';
import * as sql from './diff-sql';
import { openDatabase } from './duckdb';
import type { LakePaths } from './lake-paths';
import { storageError } from './storage-error';
import type { StoredVersion } from './stored-version';

/** Eight kinds of change, 500 samples at most in all. */
const SAMPLES_PER_KIND = 60;

const ImageCounts = z.object({ added: z.number(), removed: z.number(), splitChanged: z.number() });
const AnnotationCounts = z.object({
  added: z.number(),
  removed: z.number(),
  moved: z.number(),
  relabelled: z.number(),
  attributesChanged: z.number(),
  before: z.number(),
});
const ImagePair = z.object({
  image_key: z.string(),
  split_before: z.string().nullable(),
  split_after: z.string().nullable(),
});
const half = <S extends string>(suffix: S) =>
  ({
    [`label_name_${suffix}`]: z.string().nullable(),
    [`attributes_${suffix}`]: z.string().nullable(),
    [`note_${suffix}`]: z.string().nullable(),
    [`group_id_${suffix}`]: z.string().nullable(),
    ...Object.fromEntries(
      ['x', 'y', 'width', 'height'].map((name) => [`${name}_${suffix}`, z.number().nullable()]),
    ),
    ...Object.fromEntries(
      ['is_crowd', 'is_occluded', 'is_truncated'].map((name) => [
        `${name}_${suffix}`,
        z.boolean().nullable(),
      ]),
    ),
  }) as Record<string, z.ZodType<string | number | boolean | null>>;
const AnnotationPair = z
  .object({ image_key: z.string() })
  .and(z.object({ ...half('before'), ...half('after') }));
type AnnotationPair = z.infer<typeof AnnotationPair>;

type Sample = VersionDiff['samples'][number];

/** What changed from one version to another, by image id and annotation id. Totals are complete, samples limited. */
export async function diffVersions(
  paths: LakePaths,
  from: StoredVersion & { readonly id: Sha256 },
  to: StoredVersion & { readonly id: Sha256 },
): Promise<Result<VersionDiff>> {
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'groundmark-diff-'));
  const database = await openDatabase({ path: ':memory:', temporaryFolder, threads: 2 });
  try {
    const files = (name: string) => [from, to].map(({ id }) => path.join(paths.version(id), name));
    await database.run(sql.CREATE_IMAGE_PAIRS, files('images.parquet'));
    await database.run(
      sql.createAnnotationPairs(annotationsTable('$1', from.manifest), annotationsTable('$2', to.manifest)),
      files('annotations.parquet'),
    );
    const [images] = await database.rows(ImageCounts, sql.COUNT_IMAGES);
    const [annotations] = await database.rows(AnnotationCounts, sql.COUNT_ANNOTATIONS);
    const samples: Sample[] = [];

    for (const [flag, kind] of IMAGE_KINDS) {
      const rows = await database.rows(ImagePair, sql.sampleImages(flag), [SAMPLES_PER_KIND]);
      for (const row of rows) {
        samples.push({ kind, imageKey: row.image_key, description: describeImage(row, kind) });
      }
    }
    for (const [flag, kind] of ANNOTATION_KINDS) {
      const rows = await database.rows(AnnotationPair, sql.sampleAnnotations(flag), [SAMPLES_PER_KIND]);
      for (const row of rows) {
        samples.push({ kind, imageKey: row.image_key, description: describeAnnotation(row, kind) });
      }
    }
    const { before = 0, ...counts } = annotations ?? NO_ANNOTATIONS;
    return ok({
      from: from.id,
      to: to.id,
      images: images ?? { added: 0, removed: 0, splitChanged: 0 },
      // Pairs hold only what differs, so the rest of what was there before is unchanged.
      annotations: { ...counts, unchanged: from.manifest.counts.annotations - before },
      labels: [...labelChanges(from.manifest.labelSchema, to.manifest.labelSchema)],
      samples,
    });
  } catch (thrown) {
    return err(storageError(thrown, 'comparing the versions', 'lake.damaged-version'));
  } finally {
    database.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

const NO_ANNOTATIONS = { added: 0, removed: 0, moved: 0, relabelled: 0, attributesChanged: 0, before: 0 };

const IMAGE_KINDS = [
  ['is_added', 'imageAdded'],
  ['is_removed', 'imageRemoved'],
  ['is_split_changed', 'splitChanged'],
] as const;

const ANNOTATION_KINDS = [
  ['is_added', 'added'],
  ['is_removed', 'removed'],
  ['is_moved', 'moved'],
  ['is_relabelled', 'relabelled'],
  ['is_changed', 'attributesChanged'],
] as const;

function describeImage(row: z.infer<typeof ImagePair>, kind: (typeof IMAGE_KINDS)[number][1]): string {
  if (kind === 'splitChanged') return `from ${row.split_before} to ${row.split_after}`;
  return kind === 'imageAdded' ? `added to ${row.split_after}` : `was in ${row.split_before}`;
}

function describeAnnotation(row: AnnotationPair, kind: (typeof ANNOTATION_KINDS)[number][1]): string {
  const label = row.label_name_after ?? row.label_name_before;
  switch (kind) {
    case 'added':
      return `${label} ${place(row, 'after')}`;
    case 'removed':
      return `${label} ${place(row, 'before')}`;
    case 'moved':
      return place(row, 'before') === place(row, 'after')
        ? `${label} ${place(row, 'after')} has another outline`
        : `${label} from ${place(row, 'before')} to ${place(row, 'after')}`;
    case 'relabelled':
      return `from ${row.label_name_before} to ${row.label_name_after}`;
    case 'attributesChanged':
      return `${label}: ${attributes(row, 'before')} became ${attributes(row, 'after')}`;
  }
}

/** Bounds in image px, to a tenth. */
function place(row: AnnotationPair, side: 'before' | 'after'): string {
  const px = (name: string) => Math.round(Number(row[`${name}_${side}`]) * 10) / 10;
  return `${px('width')} × ${px('height')} at ${px('x')}, ${px('y')}`;
}

function attributes(row: AnnotationPair, side: 'before' | 'after'): string {
  const flags = ['is_crowd', 'is_occluded', 'is_truncated']
    .filter((name) => row[`${name}_${side}`] === true)
    .map((name) => name.slice(3));
  const note = row[`note_${side}`];
  const group = row[`group_id_${side}`];
  return [
    String(row[`attributes_${side}`]),
    ...flags,
    ...(typeof note === 'string' ? [`note “${note}”`] : []),
    ...(typeof group === 'string' ? [`in group ${group.slice(0, 8)}`] : []),
  ].join(' ');
}
