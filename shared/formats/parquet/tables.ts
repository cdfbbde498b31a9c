import type { DatasetFolder } from '../format';
import type { TableColumns } from '../parts/parquet/write-table';
import { folderOf, joinedPath, nameOf } from '../parts/picture-index';

/** Names and meanings as in a version of the lake (docs/dataset-version.md), as far as a dataset knows them. */
export const IMAGE_COLUMNS = {
  image_key: 'STRING',
  width: 'INT32',
  height: 'INT32',
  split: 'STRING',
  state: 'STRING',
  annotation_count: 'INT32',
  /** JSON object. */
  attributes: 'STRING',
  sequence_id: 'STRING',
  frame_index: 'INT32',
  /** Milliseconds. */
  frame_timestamp: 'DOUBLE',
} as const satisfies TableColumns;

export const ANNOTATION_COLUMNS = {
  image_key: 'STRING',
  split: 'STRING',
  ordinal: 'INT32',
  class_index: 'INT32',
  label_name: 'STRING',
  shape_type: 'STRING',
  x: 'DOUBLE',
  y: 'DOUBLE',
  width: 'DOUBLE',
  height: 'DOUBLE',
  /** JSON of the whole shape; null for boxes. */
  geometry: 'STRING',
  /** JSON object. */
  attributes: 'STRING',
  is_crowd: 'BOOLEAN',
  note: 'STRING',
  group_id: 'STRING',
  score: 'DOUBLE',
  track_id: 'STRING',
  is_keyframe: 'BOOLEAN',
  is_outside: 'BOOLEAN',
} as const satisfies TableColumns;

export const LABEL_COLUMNS = {
  class_index: 'INT32',
  name: 'STRING',
  supercategory: 'STRING',
  color: 'STRING',
  /** JSON of all of it. */
  label: 'STRING',
} as const satisfies TableColumns;

export interface TableFile {
  readonly path: string;
  readonly byteSize: number;
}

export interface TableFiles {
  readonly images: TableFile;
  readonly annotations: TableFile;
  readonly labels: TableFile | null;
  /** The manifest of a version of the lake. */
  readonly manifest: TableFile | null;
}

/** The tables that lie nearest to the root; null when images.parquet and annotations.parquet stand nowhere together. */
export async function findTables(folder: DatasetFolder): Promise<TableFiles | null> {
  const files = new Map((await folder.list()).map((file) => [file.path, file]));
  const roots = [...files.keys()]
    .filter((path) => nameOf(path) === 'images.parquet')
    .map(folderOf)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  for (const root of roots) {
    const images = files.get(joinedPath(root, 'images.parquet'));
    const annotations = files.get(joinedPath(root, 'annotations.parquet'));
    if (images === undefined || annotations === undefined) continue;
    return {
      images,
      annotations,
      labels: files.get(joinedPath(root, 'labels.parquet')) ?? null,
      manifest: files.get(joinedPath(root, 'manifest.json')) ?? null,
    };
  }
  return null;
}
