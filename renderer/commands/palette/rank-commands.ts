/** What the palette knows of a command. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly category: string;
  /** What can be done now comes before what cannot. */
  readonly isAvailable: boolean;
}

/**
 * Entries that hold every word of the query, best first: label starts with the whole query, with a word of it, a word
 * starts with one, else anywhere. Equals: last used first, then what is available, then as in the registry.
 */
export function rankCommands<E extends PaletteEntry>(
  entries: readonly E[],
  query: string,
  recent: readonly string[],
): readonly E[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const recency = (id: string) => {
    const place = recent.indexOf(id);
    return place === -1 ? recent.length : place;
  };
  const recencyFirst = (a: string, b: string) => recency(a) - recency(b);
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        recencyFirst(a.entry.id, b.entry.id) ||
        Number(b.entry.isAvailable) - Number(a.entry.isAvailable),
    )
    .map(({ entry }) => entry);
}

/**
 * 0: does not match; 1: anywhere; 2: at the start of a word; 3: at the start of the label; 4: the label begins as the
 * query reads. The worst word decides.
 */
function scoreOf(entry: PaletteEntry, words: readonly string[]): number {
  const label = entry.label.toLowerCase();
  const text = `${label} ${entry.category.toLowerCase()} ${entry.id.toLowerCase()}`;
  if (words.length > 1 && label.startsWith(words.join(' '))) return 4;
  let worst = 3;
  for (const word of words) {
    const score = label.startsWith(word)
      ? 3
      : ` ${text}`.includes(` ${word}`)
        ? 2
        : text.includes(word)
          ? 1
          : 0;
    worst = Math.min(worst, score);
  }
  return worst;
}
