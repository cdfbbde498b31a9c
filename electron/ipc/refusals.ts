import type { WebContents, WebFrameMain } from 'electron';
import { type AppError, appError } from '../../shared/result/app-error';
import { isAppUrl } from '../security/origins';

/** Who sent a message, as Electron tells it; a frame that is already gone is null or undefined. */
export interface Sender {
  readonly sender: Pick<WebContents, 'id'>;
  readonly senderFrame?: Pick<WebFrameMain, 'url' | 'parent'> | null;
}

/**
 * Only the main frame of our own window, showing our own bundle, may ask main for anything. A frame inside it, another
 * window, a page that was navigated away or is being torn down are all foreign.
 */
export function refuseForeignSender(event: Sender, windowContentsId: number | null): AppError | null {
  const frame = event.senderFrame;
  const isOurs =
    windowContentsId !== null &&
    event.sender.id === windowContentsId &&
    frame !== null &&
    frame !== undefined &&
    frame.parent === null &&
    isAppUrl(frame.url);
  return isOurs ? null : appError('ipc.foreign-sender', 'A page that is not Groundmark asked for something.');
}
