import { describe, expect, it } from 'vitest';
import { type PlacedRow, rowsByPosition } from '../../../../../shared/formats/parts/rows-by-position';

async function grouped(positions: readonly number[], isGrouped: boolean) {
  const counts: number[] = [];
  for (const position of positions) counts[position] = (counts[position] ?? 0) + 1;
  let passes = 0;
  const replay = async function* (isWanted: (position: number) => boolean) {
    passes += 1;
    const rows: PlacedRow<string>[] = positions.flatMap((position, at) =>
      isWanted(position) ? [{ position, row: `${position}.${at}` }] : [],
    );
    for (let at = 0; at < rows.length; at += 100_000) yield rows.slice(at, at + 100_000);
  };
  const found: [number, number, string | undefined][] = [];
  for await (const { position, rows } of rowsByPosition(
    [...counts].map((count) => count ?? 0),
    isGrouped,
    replay,
  )) {
    found.push([position, rows.length, rows[0]]);
  }
  return { found, passes };
}

describe('rows by image', () => {
  it('in order already, are read once', async () => {
    const { found, passes } = await grouped([0, 0, 2, 3, 3], true);
    expect(found).toEqual([
      [0, 2, '0.0'],
      [2, 1, '2.2'],
      [3, 2, '3.3'],
    ]);
    expect(passes).toBe(1);
  });

  it('mixed, are gathered in the order in which they came', async () => {
    const { found } = await grouped([2, 0, 2, 1, 0], false);
    expect(found).toEqual([
      [0, 2, '0.1'],
      [1, 1, '1.3'],
      [2, 2, '2.0'],
    ]);
  });

  it('mixed and more than are held at once, are read several times', async () => {
    // Ten images of 50,000 rows each, one after the other and then again.
    const positions = Array.from({ length: 500_000 }, (_, at) => at % 10);
    const { found, passes } = await grouped(positions, false);
    expect(found.map(([position, count, first]) => [position, count, first])).toEqual(
      Array.from({ length: 10 }, (_, position) => [position, 50_000, `${position}.${position}`]),
    );
    expect(passes).toBe(3);
  });
});
