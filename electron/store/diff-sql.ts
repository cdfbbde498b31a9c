/** $1 and $2: images.parquet before and after. */
export const CREATE_IMAGE_PAIRS = `
  CREATE TEMP TABLE image_pairs AS
  SELECT coalesce(b.image_key, a.image_key) AS image_key, a.split AS split_before, b.split AS split_after,
         a.image_id IS NULL AS is_added, b.image_id IS NULL AS is_removed,
         a.image_id IS NOT NULL AND b.image_id IS NOT NULL AND a.split <> b.split AS is_split_changed
  FROM read_parquet($1) a FULL JOIN read_parquet($2) b ON a.image_id = b.image_id
  WHERE a.image_id IS NULL OR b.image_id IS NULL OR a.split <> b.split`;

export const COUNT_IMAGES = `
  SELECT count(*) FILTER (WHERE is_added) AS added, count(*) FILTER (WHERE is_removed) AS removed, count(*) FILTER (WHERE is_split_changed) AS "splitChanged"
  FROM image_pairs`;

const side = (prefix: 'a' | 'b', suffix: 'before' | 'after') =>
  [
    'label_name',
    'shape_type',
    'geometry',
    'note',
    'group_id',
    'x',
    'y',
    'width',
    'height',
    'attributes',
    'is_crowd',
    'is_occluded',
    'is_truncated',
  ]
    .map((column) => `${prefix}.${column} AS ${column}_${suffix}`)
    .join(', ');

/**
 * `before` and `after`: tables of annotations with today's columns. Objects are the same when their id is; one that both moved and got another
 * label counts in both totals. Only what differs is kept, so memory follows the difference, not the versions.
 */
export const createAnnotationPairs = (before: string, after: string) => `
  CREATE TEMP TABLE annotation_pairs AS
  SELECT coalesce(b.image_key, a.image_key) AS image_key, coalesce(b.annotation_id, a.annotation_id) AS annotation_id,
         ${side('a', 'before')}, ${side('b', 'after')},
         a.annotation_id IS NULL AS is_added, b.annotation_id IS NULL AS is_removed,
         coalesce(a.image_id <> b.image_id OR a.shape_type <> b.shape_type OR a.x <> b.x OR a.y <> b.y
           OR a.width <> b.width OR a.height <> b.height OR a.points IS DISTINCT FROM b.points
           OR a.geometry IS DISTINCT FROM b.geometry, false)
           AND a.annotation_id IS NOT NULL AND b.annotation_id IS NOT NULL AS is_moved,
         coalesce(a.label_id <> b.label_id, false) AS is_relabelled,
         coalesce(a.attributes <> b.attributes OR a.is_crowd <> b.is_crowd OR a.is_occluded <> b.is_occluded
           OR a.is_truncated <> b.is_truncated OR a.note IS DISTINCT FROM b.note
           OR a.group_id IS DISTINCT FROM b.group_id, false)
           AND a.annotation_id IS NOT NULL AND b.annotation_id IS NOT NULL AS is_changed
  FROM ${before} a FULL JOIN ${after} b ON a.annotation_id = b.annotation_id
  WHERE is_added OR is_removed OR is_moved OR is_relabelled OR is_changed`;

export const COUNT_ANNOTATIONS = `
  SELECT count(*) FILTER (WHERE is_added) AS added, count(*) FILTER (WHERE is_removed) AS removed, count(*) FILTER (WHERE is_moved) AS moved,
         count(*) FILTER (WHERE is_relabelled) AS relabelled, count(*) FILTER (WHERE is_changed) AS "attributesChanged",
         count(*) FILTER (WHERE NOT is_added) AS "before"
  FROM annotation_pairs`;

/** $1: how many. */
export const sampleImages = (flag: 'is_added' | 'is_removed' | 'is_split_changed') =>
  `SELECT * FROM image_pairs WHERE ${flag} ORDER BY image_key LIMIT $1`;
export const sampleAnnotations = (
  flag: 'is_added' | 'is_removed' | 'is_moved' | 'is_relabelled' | 'is_changed',
) => `SELECT * FROM annotation_pairs WHERE ${flag} ORDER BY image_key, annotation_id LIMIT $1`;
