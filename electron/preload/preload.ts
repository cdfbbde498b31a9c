import { contextBridge, ipcRenderer } from 'electron';
import type { ChannelName, EventName } from '../../shared/ipc/contract';
import { EVENT, INVOKE } from '../../shared/ipc/wire';
import { sendDroppedFilesToMain } from './dropped-files';
import { readWireNames } from './wire-names';

/**
 * All that the page can reach: two functions that take and give plain data. Neither ipcRenderer nor an event object
 * (which carries `sender`) is ever handed over.
 */
const { channels, events } = readWireNames(process.argv);

function invoke(channel: unknown, args: unknown): Promise<unknown> {
  if (typeof channel === 'string' && channels.has(channel)) return ipcRenderer.invoke(INVOKE, channel, args);
  return Promise.resolve({
    ok: false,
    error: {
      code: 'ipc.unknown-channel',
      message: 'The window asked for something that this version does not offer.',
      details: { channel: String(channel).slice(0, 100) },
    },
  });
}

/** A page that has nothing to end, or did not get as far as listening, must not hold the window open. */
const CLOSING: EventName = 'app.closing';
const READY_TO_CLOSE: ChannelName = 'app.readyToClose';

const listeners = new Map<string, Set<(payload: unknown) => void>>();

// One listener for all events, so that main's order is kept across their names.
ipcRenderer.on(EVENT, (_event, name: string, payload: unknown) => {
  const ofName = listeners.get(name) ?? new Set();
  for (const listener of ofName) listener(payload);
  if (name === CLOSING && ofName.size === 0) void ipcRenderer.invoke(INVOKE, READY_TO_CLOSE, {});
});

/** @returns the way to stop listening; a name that is not in the table is never heard of. */
function subscribe(name: unknown, listener: unknown): () => void {
  if (typeof name !== 'string' || !events.has(name) || typeof listener !== 'function') return () => undefined;
  // A wrapper for each call, so that one function subscribed twice is stopped once.
  const hear = (payload: unknown): void => listener(payload);
  const ofName = listeners.get(name) ?? new Set();
  listeners.set(name, ofName.add(hear));
  return () => {
    ofName.delete(hear);
  };
}

contextBridge.exposeInMainWorld('groundmark', { invoke, subscribe });
sendDroppedFilesToMain();
