/** Names of colours that people write into labelling configs: CSS 2's and the few that Label Studio's templates use. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['aqua', '#00ffff'],
  ['black', '#000000'],
  ['blue', '#0000ff'],
  ['brown', '#a52a2a'],
  ['cyan', '#00ffff'],
  ['darkblue', '#00008b'],
  ['darkgray', '#a9a9a9'],
  ['darkgreen', '#006400'],
  ['darkorange', '#ff8c00'],
  ['darkred', '#8b0000'],
  ['fuchsia', '#ff00ff'],
  ['gold', '#ffd700'],
  ['gray', '#808080'],
  ['green', '#008000'],
  ['grey', '#808080'],
  ['indigo', '#4b0082'],
  ['lightblue', '#add8e6'],
  ['lightgreen', '#90ee90'],
  ['lime', '#00ff00'],
  ['magenta', '#ff00ff'],
  ['maroon', '#800000'],
  ['navy', '#000080'],
  ['olive', '#808000'],
  ['orange', '#ffa500'],
  ['pink', '#ffc0cb'],
  ['purple', '#800080'],
  ['red', '#ff0000'],
  ['silver', '#c0c0c0'],
  ['skyblue', '#87ceeb'],
  ['teal', '#008080'],
  ['violet', '#ee82ee'],
  ['white', '#ffffff'],
  ['yellow', '#ffff00'],
]);

/** `#rrggbb` of a colour as CSS writes it: a name, `#rgb`, `#rrggbb` or with alpha, which is cut off. Null for all else. */
export function colorFromCss(text: string): string | null {
  const value = text.trim().toLowerCase();
  const named = NAMED.get(value);
  if (named !== undefined) return named;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$/.exec(value);
  if (short !== null)
    return `#${short
      .slice(1, 4)
      .map((digit) => digit + digit)
      .join('')}`;
  return /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/.test(value) ? value.slice(0, 7) : null;
}
