/** Enough to step back through an afternoon of work made every ten minutes, and through the last week day by day. */
export const KEPT_NEWEST = 10;
export const KEPT_DAYS = 7;

export interface RotatedBackup {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly madeAt: string;
}

/**
 * Which of one project's backups rotation no longer keeps: all but the newest ten and, of the seven latest days (UTC)
 * that have any, the newest of each. Days without work take no place, so a holiday erases nothing.
 */
export function expiredBackups(backups: readonly RotatedBackup[]): readonly string[] {
  const newestFirst = [...backups].sort((a, b) => (a.madeAt < b.madeAt ? 1 : a.madeAt > b.madeAt ? -1 : 0));
  const kept = new Set(newestFirst.slice(0, KEPT_NEWEST).map(({ id }) => id));
  const days = new Set<string>();
  for (const { id, madeAt } of newestFirst) {
    const day = madeAt.slice(0, 10);
    if (days.has(day) || days.size >= KEPT_DAYS) continue;
    days.add(day);
    kept.add(id);
  }
  return newestFirst.map(({ id }) => id).filter((id) => !kept.has(id));
}
