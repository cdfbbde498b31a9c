export interface Vote<V> {
  readonly value: V;
  readonly votes: number;
  /** Another value has as many; `value` is then the one that was named first. */
  readonly isTied: boolean;
}

/** The value that is named most often. Null for no values. */
export function mostVotes<V>(values: readonly V[]): Vote<V> | null {
  const counts = new Map<V, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { readonly value: V; readonly votes: number } | undefined;
  let isTied = false;
  for (const [value, votes] of counts) {
    if (best !== undefined && votes < best.votes) continue;
    isTied = votes === best?.votes;
    if (!isTied) best = { value, votes };
  }
  return best === undefined ? null : { ...best, isTied };
}
