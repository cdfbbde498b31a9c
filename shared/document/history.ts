/**
 * What can be taken back and done again, newest last. Holds entries of any kind: the editor keeps change sets in it,
 * the journal's reader keeps ids. Immutable.
 */
export interface History<Entry> {
  readonly undo: readonly Entry[];
  readonly redo: readonly Entry[];
}

export const EMPTY_HISTORY: History<never> = { undo: [], redo: [] };

/** Entries kept for undo; the journal itself keeps all. */
export const HISTORY_LIMIT = 1000;

/** After a fresh edit: nothing can be done again any more, the oldest entry beyond `limit` goes. */
export function withDone<Entry>(
  history: History<Entry>,
  entry: Entry,
  limit: number = HISTORY_LIMIT,
): History<Entry> {
  return { undo: [...history.undo, entry].slice(-limit), redo: [] };
}

/** After the newest entry was taken back; null when there is none. */
export function withUndone<Entry>(
  history: History<Entry>,
): { readonly history: History<Entry>; readonly entry: Entry } | null {
  const entry = history.undo.at(-1);
  if (entry === undefined) return null;
  return { history: { undo: history.undo.slice(0, -1), redo: [...history.redo, entry] }, entry };
}

/** After the entry taken back last was done again; null when there is none. */
export function withRedone<Entry>(
  history: History<Entry>,
): { readonly history: History<Entry>; readonly entry: Entry } | null {
  const entry = history.redo.at(-1);
  if (entry === undefined) return null;
  return { history: { undo: [...history.undo, entry], redo: history.redo.slice(0, -1) }, entry };
}
