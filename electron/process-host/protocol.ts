import type { Result } from '../../shared/result/result';

/** What main sends to a worker process. Ids are unique for the life of one worker process. */
export type ToWorker =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly args: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'stop' };

/** What a worker process sends to main. Every request gets exactly one reply, a cancelled one included. */
export type FromWorker =
  | { readonly kind: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isToWorker(value: unknown): value is ToWorker {
  if (!isRecord(value)) return false;
  if (value.kind === 'stop') return true;
  if (typeof value.id !== 'number') return false;
  return value.kind === 'cancel' || (value.kind === 'request' && typeof value.method === 'string');
}

/**
 * Worker processes read hostile bytes, so what they send is checked for its form before main acts on it; the
 * content of results is checked by the ipc router against the channel's schema.
 */
export function isFromWorker(value: unknown): value is FromWorker {
  if (!isRecord(value)) return false;
  if (value.kind === 'event') return typeof value.name === 'string';
  if (value.kind !== 'reply' || typeof value.id !== 'number' || !isRecord(value.result)) return false;
  return value.result.ok === true || (value.result.ok === false && isRecord(value.result.error));
}
