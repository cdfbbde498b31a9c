import {
  CHANNELS,
  type ChannelArgs,
  type ChannelName,
  type ChannelResult,
  type EventName,
  type EventPayload,
  type ParsedChannelArgs,
} from '../../shared/ipc/contract';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Bridge } from './bridge';

export type FakeHandlers = {
  [C in ChannelName]?: (
    args: ParsedChannelArgs<C>,
  ) => Result<ChannelResult<C>> | Promise<Result<ChannelResult<C>>>;
};

export interface FakeBridge extends Bridge {
  /** Sends an event as main would. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Every call so far, oldest first, with arguments as the channel's schema read them. */
  readonly calls: readonly { readonly channel: ChannelName; readonly args: unknown }[];
}

interface FakeBackup {
  readonly summary: ParsedChannelArgs<'backup.begin'>['summary'];
  readonly lines: string[];
  isFinished: boolean;
}

/** How many lines `backup.read` of the fake gives a page; small, so that paging is exercised. */
const LINES_PER_PAGE = 100;

/**
 * Main in memory, for tests and for a renderer without Electron: as strict about arguments as the real router, with
 * working backups and a calm answer to what needs none. `handlers` replace or add channels.
 */
export function createFakeBridge(handlers: FakeHandlers = {}): FakeBridge {
  const calls: { channel: ChannelName; args: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const all: FakeHandlers = { ...defaultHandlers(), ...handlers };

  return {
    calls,
    async invoke<C extends ChannelName>(channel: C, args: ChannelArgs<C>) {
      const parsed = CHANNELS[channel].args.safeParse(args);
      if (!parsed.success) {
        return err(appError('ipc.bad-arguments', `${channel} was called with arguments it does not take.`));
      }
      calls.push({ channel, args: parsed.data });
      const handler = all[channel];
      if (handler === undefined) {
        return err(
          appError('ipc.unknown-channel', `The fake bridge does not answer ${channel}.`, { channel }),
        );
      }
      return handler(parsed.data as never) as Promise<Result<ChannelResult<C>>>;
    },
    subscribe(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    emit(event, payload) {
      for (const listener of listeners.get(event) ?? []) listener(payload as never);
    },
  };
}

function defaultHandlers(): FakeHandlers {
  const backups = new Map<string, FakeBackup>();
  const unknownBackup = () => err(appError('backup.damaged', 'There is no such backup.'));
  const summaryOf = (id: string, backup: FakeBackup) => ({
    ...backup.summary,
    id,
    byteSize: backup.lines.reduce((sum, line) => sum + line.length + 1, 0),
  });
  return {
    'app.info': () =>
      ok({
        version: '0.0.0',
        electronVersion: '0.0.0',
        chromeVersion: '0.0.0',
        platform: 'linux',
        userName: 'Test person',
        dataHomeForDisplay: '~/Groundmark',
      }),
    'log.write': () => ok(null),
    'menu.set': () => ok(null),
    'app.readyToClose': () => ok(null),
    'grants.list': () => ok([]),
    'lake.versions': () => ok([]),
    'people.list': () => ok([]),
    'people.session': () => ok({ kind: 'open', session: null, problem: null }),
    'backup.begin': ({ summary }) => {
      const id = `backup-${backups.size + 1}`;
      backups.set(id, { summary, lines: [], isFinished: false });
      return ok({ id });
    },
    'backup.append': ({ id, lines }) => {
      const backup = backups.get(id);
      if (backup === undefined) return unknownBackup();
      backup.lines.push(...lines);
      return ok(null);
    },
    'backup.finish': ({ id }) => {
      const backup = backups.get(id);
      if (backup === undefined) return unknownBackup();
      backup.isFinished = true;
      return ok(summaryOf(id, backup));
    },
    'backup.list': () =>
      ok(
        [...backups].flatMap(([id, backup]) => (backup.isFinished ? [summaryOf(id, backup)] : [])).reverse(),
      ),
    'backup.read': ({ id, fromLine }) => {
      const backup = backups.get(id);
      if (backup === undefined) return unknownBackup();
      const to = fromLine + LINES_PER_PAGE;
      return ok({
        lines: backup.lines.slice(fromLine, to),
        nextLine: to < backup.lines.length ? to : null,
      });
    },
  };
}
