import { type BrowserWindow, ipcMain } from 'electron';
import type { EventName, EventPayload, Reply } from '../../shared/ipc/contract';
import { EVENT, INVOKE } from '../../shared/ipc/wire';
import { err } from '../../shared/result/result';
import type { Admit } from './admission';
import { answerCall, type ChannelHandlers, type Emit, type ReportFailure } from './answer-call';
import { refuseForeignSender } from './refusals';

/** Sends events to the window there is; with none, they are dropped, because nobody waits for them. */
export function createEmit(getWindow: () => BrowserWindow | null): Emit {
  return <E extends EventName>(event: E, payload: EventPayload<E>) => {
    const window = getWindow();
    if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return;
    window.webContents.send(EVENT, event, payload);
  };
}

/**
 * The one listener for calls from the page: sender, then permission, arguments, the handler, and the reply.
 * @param handlers the whole table; a row without a handler does not compile.
 */
export function registerChannels(
  handlers: ChannelHandlers,
  services: {
    readonly getWindow: () => BrowserWindow | null;
    readonly emit: Emit;
    readonly admit: Admit;
    readonly reportFailure: ReportFailure;
  },
): void {
  const { getWindow, emit, admit, reportFailure } = services;
  ipcMain.handle(INVOKE, async (event, channel: unknown, args: unknown): Promise<Reply<unknown>> => {
    const window = getWindow();
    const refusal = refuseForeignSender(event, window?.webContents.id ?? null);
    if (refusal !== null || window === null) {
      if (refusal !== null) reportFailure(String(channel).slice(0, 100), refusal);
      return err(refusal ?? { code: 'ipc.foreign-sender', message: 'There is no window.', details: {} });
    }
    return answerCall(handlers, channel, args, { context: { window, emit }, admit, reportFailure });
  });
}
