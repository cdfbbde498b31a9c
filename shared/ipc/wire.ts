/** The one name on each side of the bridge; the channel travels as data and is looked up in the table. */
export const INVOKE = 'groundmark:invoke';
export const EVENT = 'groundmark:event';

/** Preload to main alone, never reachable from the page: the paths of files dropped on the window. */
export const DROPPED = 'groundmark:dropped';

/**
 * The process argument by which main hands the preload the names of the table. Bundling the table itself would cost
 * the preload 24 ms of schema building at every start (measured), for names alone.
 */
export const NAMES_ARGUMENT = '--groundmark-names=';

export interface WireNames {
  readonly channels: readonly string[];
  readonly events: readonly string[];
}
