/** Agreement of two annotators beyond chance. */
export interface Kappa {
  /** 1 for full agreement, 0 for that of chance; null where chance alone would agree on everything. */
  readonly kappa: number | null;
  /** Share of cases in which they agree; with weights, one less the mean weight of disagreement. */
  readonly observed: number;
  /** The same if both had dealt their own answers at random. */
  readonly expected: number;
  readonly cases: number;
}

/** How bad it is to answer the row's category for the column's; 0 on the diagonal. */
export type DisagreementWeight = (row: number, column: number) => number;

export const KAPPA_WEIGHTS = {
  nominal: (row, column) => (row === column ? 0 : 1),
  /** Of categories in order, by how many lie between. */
  linear: (row, column) => Math.abs(row - column),
  quadratic: (row, column) => (row - column) ** 2,
} as const satisfies Readonly<Record<string, DisagreementWeight>>;

/**
 * Cohen's kappa of two annotators' answers to the same cases: κ = (pₒ − pₑ) / (1 − pₑ), where pₒ is the share of cases in
 * which they agree and pₑ = Σ pᵢ. p.ᵢ (Cohen 1960, "A coefficient of agreement for nominal scales"). With weights of
 * disagreement κ_w = 1 − Σ w·pₒ / Σ w·pₑ (Cohen 1968, "Weighted kappa"), which is the same for weights of 0 and 1.
 * @param table counts: row the first annotator's category, column the second's. Square.
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  weight: DisagreementWeight = KAPPA_WEIGHTS.nominal,
): Kappa {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table.map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const cases = rows.reduce((sum, count) => sum + count, 0);
  let most = 0;
  let observed = 0;
  let expected = 0;
  table.forEach((row, i) => {
    columns.forEach((ofColumn, j) => {
      const disagreement = weight(i, j);
      most = Math.max(most, disagreement);
      observed += disagreement * (row[j] ?? 0);
      expected += disagreement * (rows[i] ?? 0) * ofColumn;
    });
  });
  if (cases === 0) return { kappa: null, observed: 1, expected: 1, cases };
  observed /= cases;
  expected /= cases * cases;
  const scale = most === 0 ? 1 : most;
  return {
    kappa: expected === 0 ? null : 1 - observed / expected,
    observed: 1 - observed / scale,
    expected: 1 - expected / scale,
    cases,
  };
}
