/**
 * Label colours that stay apart for every eye. Found by a farthest-point search over sRGB that maximised the smallest
 * OKLab distance over normal, protan, deutan and tritan vision (Machado et al. 2009, full severity), among colours with
 * a contrast of at least 2:1 on both the dark and the light theme. The smallest distance is 0.072; the well-known set
 * of seven by Okabe and Ito reaches 0.076 by the same measure. Guarded by test/unit/shared/templates/palette.test.ts.
 */
export const LABEL_PALETTE = [
  '#3cc3ff',
  '#ff3c00',
  '#c3b41e',
  '#009600',
  '#8769f0',
  '#f096c3',
  '#0000ff',
  '#a53c0f',
  '#96c387',
  '#e16987',
  '#691eb4',
  '#7896ff',
  '#1e5a5a',
  '#b45a69',
  '#b487c3',
  '#872d2d',
  '#9669b4',
  '#964b87',
  '#784bd2',
  '#782d87',
] as const;

/** The palette's colour for the nth label; beyond the palette's size colours repeat and names must tell them apart. */
export function paletteColor(index: number): string {
  return LABEL_PALETTE[index % LABEL_PALETTE.length] ?? LABEL_PALETTE[0];
}

/** The first palette colour that no label of these has, or the one used least. */
export function nextPaletteColor(usedColors: readonly string[]): string {
  let best: string = LABEL_PALETTE[0];
  let fewest = Number.POSITIVE_INFINITY;
  for (const color of LABEL_PALETTE) {
    const uses = usedColors.filter((used) => used === color).length;
    if (uses < fewest) {
      fewest = uses;
      best = color;
    }
  }
  return best;
}
