/** Rows held at once when a file does not keep an image's rows together: about 60 MB of annotations. */
const MAX_HELD_ROWS = 200_000;

export interface PlacedRow<Row> {
  /** Which image the row belongs to, counted from 0. */
  readonly position: number;
  readonly row: Row;
}

/**
 * Rows of a table grouped by image, images in ascending order of position; images without rows are passed over. Memory
 * is bounded by `MAX_HELD_ROWS` and the rows of one image: where a table mixes its images, it is read several times.
 *
 * @param counts how many rows each position has, from an earlier pass.
 * @param isGrouped whether rows come by ascending position already; then one pass is made and nothing is held.
 * @param replay reads the table from its start and gives the rows whose position is wanted.
 */
export async function* rowsByPosition<Row>(
  counts: readonly number[],
  isGrouped: boolean,
  replay: (isWanted: (position: number) => boolean) => AsyncIterable<readonly PlacedRow<Row>[]>,
): AsyncGenerator<{ readonly position: number; readonly rows: readonly Row[] }> {
  if (isGrouped) {
    let position = -1;
    let rows: Row[] = [];
    for await (const batch of replay(() => true)) {
      for (const placed of batch) {
        if (placed.position !== position) {
          if (rows.length > 0) yield { position, rows };
          position = placed.position;
          rows = [];
        }
        rows.push(placed.row);
      }
    }
    if (rows.length > 0) yield { position, rows };
    return;
  }
  for (let from = 0, to = 0; from < counts.length; from = to) {
    let held = 0;
    for (to = from; to < counts.length; to += 1) {
      const count = counts[to] ?? 0;
      if (held > 0 && held + count > MAX_HELD_ROWS) break;
      held += count;
    }
    if (held === 0) continue;
    const byPosition = new Map<number, Row[]>();
    const [first, end] = [from, to];
    for await (const batch of replay((position) => position >= first && position < end)) {
      for (const { position, row } of batch) {
        const known = byPosition.get(position);
        if (known === undefined) byPosition.set(position, [row]);
        else known.push(row);
      }
    }
    for (let position = from; position < to; position += 1) {
      const rows = byPosition.get(position);
      if (rows !== undefined) yield { position, rows };
    }
  }
}
