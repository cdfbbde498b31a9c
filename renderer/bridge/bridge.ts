import { z } from 'zod';
import {
  CHANNELS,
  type ChannelArgs,
  type ChannelName,
  type ChannelResult,
  EVENTS,
  type EventName,
  type EventPayload,
} from '../../shared/ipc/contract';
import { type AppError, appError, isAppError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';

/** What the preload script puts on `window.groundmark`: names travel as data, nothing of Electron shows through. */
export interface PreloadApi {
  invoke(channel: string, args: unknown): Promise<unknown>;
  subscribe(event: string, listener: (payload: unknown) => void): () => void;
}

/** The typed client of main. Failures are values, including those of the bridge itself. */
export interface Bridge {
  invoke<C extends ChannelName>(channel: C, args: ChannelArgs<C>): Promise<Result<ChannelResult<C>>>;
  /** Returns the way to stop listening. */
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}

const rows = z.array(z.unknown());

/**
 * Events and results with thousands of rows, whose rows main already parsed and the persistence layer parses again
 * where they are stored. Here only the envelope is looked at, so that a batch costs the same however long it is.
 */
const ENVELOPES: { readonly [name: string]: z.ZodType } = {
  'scan.batch': EVENTS['scan.batch'].extend({ images: rows, problems: rows }),
  'labels.surveyed': EVENTS['labels.surveyed'].extend({ problems: rows }),
  'backup.read': CHANNELS['backup.read'].result.extend({ lines: rows }),
};

const REPLY = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.custom<AppError>(isAppError) }),
]);

export function createBridge(api: PreloadApi): Bridge {
  return {
    async invoke<C extends ChannelName>(channel: C, args: ChannelArgs<C>) {
      let answer: unknown;
      try {
        answer = await api.invoke(channel, args);
      } catch (thrown) {
        return err(unexpectedError(thrown, `the call ${channel}`));
      }
      const reply = REPLY.safeParse(answer);
      if (!reply.success) return err(badResult(channel, reply.error));
      if (!reply.data.ok) return err(reply.data.error);
      const envelope = ENVELOPES[channel];
      const parsed = (envelope ?? CHANNELS[channel].result).safeParse(reply.data.value);
      if (!parsed.success) return err(badResult(channel, parsed.error));
      // The schema of this channel's row accepted the value; an envelope's rows were parsed by main with that same row.
      return ok((envelope === undefined ? parsed.data : reply.data.value) as ChannelResult<C>);
    },

    subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
      return api.subscribe(event, (payload) => {
        const envelope = ENVELOPES[event];
        const parsed = (envelope ?? EVENTS[event]).safeParse(payload);
        // A payload of the wrong form can only come from a defect in main; it is reported there, never acted on here.
        if (!parsed.success) {
          void api.invoke('log.write', {
            level: 'error',
            message: `Main sent a malformed event ${event}.`,
            details: { reason: z.prettifyError(parsed.error).slice(0, 2000) },
          });
          return;
        }
        listener((envelope === undefined ? parsed.data : payload) as EventPayload<E>);
      });
    },
  };
}

function badResult(channel: string, error: z.ZodError): AppError {
  return appError(
    'ipc.bad-result',
    `The app's main process gave an answer to ${channel} that cannot be right. Nothing was changed; restart the app, and send the log file if it happens again.`,
    { channel, reason: z.prettifyError(error).slice(0, 500) },
  );
}
