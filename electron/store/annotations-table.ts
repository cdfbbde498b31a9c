import type { VersionManifest } from '../../shared/schema/dataset-version';

/**
 * SQL of a version's annotations.parquet with the columns of today, whichever format it was written in.
 * @param file a placeholder such as `$1`.
 */
export function annotationsTable(
  file: `$${number}`,
  manifest: Pick<VersionManifest, 'formatVersion'>,
): string {
  if (manifest.formatVersion !== 1) return `read_parquet(${file})`;
  return `(SELECT *, NULL::VARCHAR AS geometry, NULL::VARCHAR AS note, NULL::VARCHAR AS group_id FROM read_parquet(${file}))`;
}
