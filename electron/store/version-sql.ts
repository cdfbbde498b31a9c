/** Types of the staged lines; DuckDB refuses a line that does not fit instead of guessing. */
export const STAGED_IMAGE_COLUMNS = `{
  image_id: 'VARCHAR', source_id: 'VARCHAR', source_name: 'VARCHAR', source_key: 'VARCHAR', content_hash: 'VARCHAR',
  byte_size: 'BIGINT', format: 'VARCHAR', width: 'INTEGER', height: 'INTEGER', exif_orientation: 'INTEGER',
  captured_at: 'TIMESTAMPTZ', state: 'VARCHAR', decided_by: 'VARCHAR', decided_at: 'TIMESTAMPTZ',
  annotation_count: 'INTEGER', sequence_id: 'VARCHAR', frame_index: 'INTEGER', frame_timestamp: 'DOUBLE',
  review: 'STRUCT(stage VARCHAR, state VARCHAR, labeller VARCHAR, reviewer VARCHAR, submitted_at TIMESTAMPTZ,
    judged_at TIMESTAMPTZ, verdict VARCHAR, rounds INTEGER, defects INTEGER, open_threads INTEGER,
    judged_revision INTEGER, is_changed_since BOOLEAN)'
}`;

export const STAGED_ANNOTATION_COLUMNS = `{
  annotation_id: 'VARCHAR', image_id: 'VARCHAR', ordinal: 'INTEGER', label_id: 'VARCHAR', class_index: 'INTEGER',
  label_name: 'VARCHAR', merged_label_id: 'VARCHAR', shape_type: 'VARCHAR', x: 'DOUBLE', y: 'DOUBLE', width: 'DOUBLE',
  height: 'DOUBLE', points: 'STRUCT(x DOUBLE, y DOUBLE)[]', geometry: 'VARCHAR', attributes: 'VARCHAR', is_crowd: 'BOOLEAN',
  is_occluded: 'BOOLEAN', is_truncated: 'BOOLEAN', note: 'VARCHAR', group_id: 'VARCHAR', score: 'DOUBLE', origin: 'VARCHAR', model_id: 'VARCHAR',
  track_id: 'VARCHAR', is_keyframe: 'BOOLEAN', is_outside: 'BOOLEAN', author: 'VARCHAR', created_at: 'TIMESTAMPTZ',
  updated_at: 'TIMESTAMPTZ', revision: 'INTEGER'
}`;

const readStaged = (columns: string) =>
  `SELECT * FROM read_json($1, format = 'newline_delimited', columns = ${columns}, maximum_object_size = 67108864)`;

/** $1: list of staged files. */
export const LOAD_IMAGES = `CREATE TABLE staged_images AS ${readStaged(STAGED_IMAGE_COLUMNS)}`;
export const LOAD_ANNOTATIONS = `CREATE TABLE staged_annotations AS ${readStaged(STAGED_ANNOTATION_COLUMNS)}`;

/** Filled by the appender with what only shared code knows: the folder of each source, the split of each image. */
export const CREATE_ROOTS = 'CREATE TABLE roots (source_id VARCHAR, root VARCHAR)';
export const CREATE_SPLITS = 'CREATE TABLE splits (image_id VARCHAR, split VARCHAR, group_key VARCHAR)';

export const SELECT_SOURCES =
  'SELECT source_id AS id, min(source_name) AS "displayName" FROM staged_images GROUP BY source_id ORDER BY source_id';

export const SELECT_SUBJECTS = `
  SELECT i.image_id AS "imageId", i.source_name AS "sourceName", i.source_key AS "sourceKey",
         i.content_hash AS "contentHash", coalesce(c.labels, []) AS labels
  FROM staged_images i
  LEFT JOIN (
    SELECT image_id, list({class: class_index, count: n}) AS labels
    FROM (SELECT image_id, class_index, count(*)::INTEGER AS n FROM staged_annotations GROUP BY ALL)
    GROUP BY image_id
  ) c USING (image_id)`;

export const CREATE_IMAGES = `
  CREATE TABLE images AS
  SELECT image_id, root || source_key AS image_key, source_id, source_name, source_key, content_hash, byte_size, format,
         width, height, 'displayed' AS pixel_frame, exif_orientation, captured_at, split, group_key, state, decided_by,
         decided_at, annotation_count, sequence_id, frame_index, frame_timestamp
  FROM staged_images JOIN roots USING (source_id) JOIN splits USING (image_id)`;

const PARQUET =
  "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, KV_METADATA {groundmark_format: '3'})";

/** $1: the file. Every order is total, so that the rows and with one thread the bytes are the same each time. */
export const COPY_IMAGES = `COPY (SELECT * FROM images ORDER BY image_key, image_id) TO $1 ${PARQUET}`;

export const COPY_ANNOTATIONS = `
  COPY (
    SELECT a.annotation_id, a.image_id, i.image_key, i.content_hash AS image_hash, i.split, a.ordinal, a.label_id,
           a.class_index, a.label_name, a.merged_label_id, a.shape_type, a.x, a.y, a.width, a.height, a.points, a.geometry,
           a.attributes, a.is_crowd, a.is_occluded, a.is_truncated, a.note, a.group_id, a.score, a.origin, a.model_id, a.track_id, a.is_keyframe,
           a.is_outside, a.author, a.created_at, a.updated_at, a.revision
    FROM staged_annotations a JOIN images i USING (image_id)
    ORDER BY i.image_key, i.image_id, a.ordinal
  ) TO $1 ${PARQUET}`;

export const COPY_REVIEWS = `
  COPY (
    SELECT image_id, image_key, review.stage AS stage, review.state AS state, review.labeller AS labeller,
           review.reviewer AS reviewer, review.submitted_at AS submitted_at, review.judged_at AS judged_at,
           review.verdict AS verdict, review.rounds AS rounds, review.defects AS defects,
           review.open_threads AS open_threads, review.judged_revision AS judged_revision,
           review.is_changed_since AS is_changed_since
    FROM images JOIN staged_images USING (image_id) WHERE review IS NOT NULL
    ORDER BY images.image_key, image_id
  ) TO $1 ${PARQUET}`;

export const COUNT_COVERAGE = `
  SELECT count(*) FILTER (WHERE review.stage = 'accepted') AS accepted,
         count(*) FILTER (WHERE review.verdict IS NOT NULL) AS reviewed,
         count(*) AS total,
         count(*) FILTER (WHERE review.is_changed_since) AS "changedSince"
  FROM staged_images`;

export const COUNT_DUPLICATE_KEYS = `
  SELECT image_key AS "imageKey" FROM images GROUP BY image_key HAVING count(*) > 1 ORDER BY image_key LIMIT 1`;
export const COUNT_BY_SPLIT = 'SELECT split AS key, count(*) AS n FROM images GROUP BY split ORDER BY split';
export const COUNT_BY_LABEL =
  'SELECT label_id AS key, count(*) AS n FROM staged_annotations GROUP BY label_id ORDER BY label_id';
