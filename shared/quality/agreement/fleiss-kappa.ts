/**
 * Fleiss' kappa of any number of annotators: κ = (P̄ − P̄ₑ) / (1 − P̄ₑ), where P̄ is the mean, over subjects, of the share of
 * pairs of annotators that agree, and P̄ₑ = Σ pⱼ² of the shares of all answers (Fleiss 1971, "Measuring nominal scale
 * agreement among many raters").
 * @param counts row by subject, column by category: how many annotators gave it. Every subject has as many answers.
 * Null when subjects have different numbers of answers, or fewer than two, or all answers are the same.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number | null {
  const raters = counts[0]?.reduce((sum, count) => sum + count, 0) ?? 0;
  if (raters < 2) return null;
  const totals: number[] = [];
  let agreement = 0;
  for (const row of counts) {
    let answers = 0;
    let pairs = 0;
    row.forEach((count, category) => {
      answers += count;
      pairs += count * (count - 1);
      totals[category] = (totals[category] ?? 0) + count;
    });
    if (answers !== raters) return null;
    agreement += pairs / (raters * (raters - 1));
  }
  const mean = agreement / counts.length;
  const all = counts.length * raters;
  const expected = totals.reduce((sum, total) => sum + (total / all) ** 2, 0);
  return expected === 1 ? null : (mean - expected) / (1 - expected);
}
