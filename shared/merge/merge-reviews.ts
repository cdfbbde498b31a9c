import type { ReviewEvent } from '../schema/review';

/**
 * Events of one image from several sides: each once, oldest first. An event never changes, so of two with the same id
 * the one that is here stands.
 */
export function mergeReviews(
  ours: readonly ReviewEvent[],
  ...theirs: readonly (readonly ReviewEvent[])[]
): readonly ReviewEvent[] {
  const byId = new Map<string, ReviewEvent>();
  for (const event of [...ours, ...theirs.flat()]) if (!byId.has(event.id)) byId.set(event.id, event);
  return [...byId.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
