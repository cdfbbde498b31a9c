import type { BrowserWindow } from 'electron';
import type { z } from 'zod';
import {
  CHANNELS,
  type ChannelName,
  type ChannelResult,
  type EventName,
  type EventPayload,
  type ParsedChannelArgs,
  type Reply,
} from '../../shared/ipc/contract';
import type { Deed } from '../../shared/people/permissions';
import { type AppError, appError, unexpectedError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import type { Admit } from './admission';

export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export interface CallContext {
  readonly window: BrowserWindow;
  readonly emit: Emit;
}

export type ChannelHandler<C extends ChannelName> = (
  args: ParsedChannelArgs<C>,
  context: CallContext,
) => Promise<Result<ChannelResult<C>>>;

/** One handler a row of the table. Each concern gives its part of it; main.ts puts the parts together. */
export type ChannelHandlers = { readonly [C in ChannelName]: ChannelHandler<C> };

/** Hears every failure that a call ends with, in full, for the log. */
export type ReportFailure = (channel: string, error: AppError) => void;

function isChannelName(channel: unknown): channel is ChannelName {
  return typeof channel === 'string' && Object.hasOwn(CHANNELS, channel);
}

function refuseUnknownChannel(channel: unknown): AppError {
  return appError('ipc.unknown-channel', 'The window asked for something that this version does not offer.', {
    channel: String(channel).slice(0, 100),
  });
}

/** Names the places that are wrong, never their values: those may be anything. */
function refuseBadArguments(channel: ChannelName, error: z.ZodError): AppError {
  const places = error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`);
  return appError('ipc.bad-arguments', `"${channel}" was asked with wrong arguments: ${places.join('; ')}.`, {
    channel,
    places,
  });
}

function refuseBadResult(channel: ChannelName, error: z.ZodError): AppError {
  const [first] = error.issues;
  const place = first === undefined ? '' : ` (${first.path.join('.')}: ${first.message})`;
  return appError(
    'ipc.bad-result',
    `"${channel}" gave an answer in a form that is not known${place}. Nothing was changed by reading it; ` +
      'please send the log.',
    { channel },
  );
}

/**
 * What may cross to the renderer: the code, and words without machine paths or stacks. System errors such as ENOENT
 * carry paths in their text, and the renderer must not learn any.
 */
export function withoutPaths(error: AppError): AppError {
  if (error.code !== 'internal.unexpected') return error;
  const message = error.message.replace(/(?:[A-Za-z]:)?[\\/](?:[^\\/'"\n]+[\\/])*[^\\/'"\s]*/g, '…');
  const { where } = error.details;
  return appError(error.code, `${message} The log has the details.`, where === undefined ? {} : { where });
}

/**
 * Asks whether whoever is at the app may, parses the arguments, runs the handler and parses what it gave, so that
 * neither side can meet a form it does not know. Never throws or rejects.
 */
export async function answerCall(
  handlers: Partial<ChannelHandlers>,
  channel: unknown,
  args: unknown,
  services: {
    readonly context: CallContext;
    readonly admit: Admit;
    readonly reportFailure: ReportFailure;
  },
): Promise<Reply<unknown>> {
  const refuse = (error: AppError): Reply<unknown> => {
    services.reportFailure(String(channel).slice(0, 100), error);
    return err(withoutPaths(error));
  };
  if (!isChannelName(channel)) return refuse(refuseUnknownChannel(channel));
  const handler = handlers[channel] as
    | ((args: unknown, context: CallContext) => Promise<Result<unknown>>)
    | undefined;
  if (handler === undefined) return refuse(refuseUnknownChannel(channel));
  const row: { readonly args: z.ZodType; readonly result: z.ZodType; readonly deed?: Deed } =
    CHANNELS[channel];
  const admitted = services.admit(channel, row.deed);
  if (!admitted.ok) return refuse(admitted.error);
  const parsed = row.args.safeParse(args);
  if (!parsed.success) return refuse(refuseBadArguments(channel, parsed.error));
  try {
    const result = await handler(parsed.data, services.context);
    if (!result.ok) return refuse(result.error);
    const checked = row.result.safeParse(result.value);
    return checked.success
      ? { ok: true, value: checked.data }
      : refuse(refuseBadResult(channel, checked.error));
  } catch (thrown) {
    return refuse(unexpectedError(thrown, channel));
  }
}
