/** The 97.5 % point of the normal distribution: intervals of 95 %. */
const Z = 1.959963984540054;

/**
 * Interval of 95 % for a share, part of whole (Wilson 1927, "Probable inference, the law of succession, and statistical
 * inference"): (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). It holds for shares near 0 and 1 and for few cases,
 * and supposes that cases are independent: objects of one picture are less than that, so that the truth is somewhat wider.
 * Null without cases.
 */
export function wilsonInterval(
  part: number,
  whole: number,
): { readonly low: number; readonly high: number } | null {
  if (whole <= 0) return null;
  const p = part / whole;
  const centre = p + Z ** 2 / (2 * whole);
  const reach = Z * Math.sqrt((p * (1 - p)) / whole + Z ** 2 / (4 * whole ** 2));
  const scale = 1 + Z ** 2 / whole;
  return { low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}
