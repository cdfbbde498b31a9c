export interface VersionSource {
  readonly id: string;
  readonly displayName: string;
}

/**
 * What precedes an image's key in a dataset. With one source nothing does; with several each gets a folder of its own,
 * named like the source, because `0001.jpg` may well be in all of them. Sources of the same name get `-2`, `-3`, …
 * @returns the prefix by source id, `''` or with a `/` at its end.
 */
export function imageRoots(sources: readonly VersionSource[]): ReadonlyMap<string, string> {
  if (sources.length <= 1) return new Map(sources.map((source) => [source.id, '']));
  const taken = new Set<string>();
  const roots = new Map<string, string>();
  const ordered = [...sources].sort((a, b) =>
    a.displayName === b.displayName ? (a.id < b.id ? -1 : 1) : a.displayName < b.displayName ? -1 : 1,
  );
  for (const source of ordered) {
    const name = folderName(source.displayName);
    let candidate = name;
    // Compared without case: two folders that differ in case alone are one folder on macOS and Windows.
    for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) candidate = `${name}-${number}`;
    taken.add(candidate.toLowerCase());
    roots.set(source.id, `${candidate}/`);
  }
  return roots;
}

/** A name that is safe as one folder on every system; letters of any script stay. */
export function folderName(displayName: string): string {
  const cleaned = displayName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 80)
    // A cut may have bared a dot or blank again, which Windows drops from the end of names.
    .replace(/[-. ]+$/, '');
  return cleaned === '' ? 'images' : cleaned;
}
