import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import {
  answerCall,
  type CallContext,
  type ChannelHandlers,
  withoutPaths,
} from '../../../../electron/ipc/answer-call';
import { refuseForeignSender } from '../../../../electron/ipc/refusals';
import { type AppError, appError } from '../../../../shared/result/app-error';
import { err, ok } from '../../../../shared/result/result';

/** No handler under test touches the window. */
const context: CallContext = { window: {} as BrowserWindow, emit: () => undefined };

const WRONG_RESULT: unknown = { version: 7 };

const handlers: Partial<ChannelHandlers> = {
  'log.reveal': async () => ok(null),
  'log.write': async ({ message, details }) =>
    err(appError('file.disk-full', `${message} ${JSON.stringify(details)}`)),
  'grants.list': async () => {
    throw new Error("ENOENT: no such file or directory, open '/home/ada/photos/grants.json'");
  },
  'app.info': async () => ({ ok: true, value: WRONG_RESULT }) as never,
};

async function call(channel: unknown, args: unknown) {
  const failures: { channel: string; error: AppError }[] = [];
  const reply = await answerCall(handlers, channel, args, {
    context,
    admit: () => ok(null),
    reportFailure: (name, error) => failures.push({ channel: name, error }),
  });
  return { reply, failures };
}

describe('answering a call', () => {
  it('runs the handler of the channel and replies with its value', async () => {
    expect(await call('log.reveal', {})).toEqual({ reply: { ok: true, value: null }, failures: [] });
  });

  it('hands the handler parsed arguments, defaults included', async () => {
    const { reply } = await call('log.write', { level: 'info', message: 'full' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'file.disk-full', message: 'full {}' } });
  });

  it.each(['nothing.here', 'constructor', '__proto__', 'toString', null, 42, { toString: 1 }.toString])(
    'refuses the unknown channel %s',
    async (channel) => {
      expect((await call(channel, {})).reply).toMatchObject({
        ok: false,
        error: { code: 'ipc.unknown-channel' },
      });
    },
  );

  it('refuses a channel that has no handler in this build', async () => {
    expect((await call('backup.list', {})).reply).toMatchObject({ error: { code: 'ipc.unknown-channel' } });
  });

  it.each([
    undefined,
    null,
    'info',
    [],
    { level: 'loud', message: 'x' },
    { level: 'info', message: 'x'.repeat(10_001) },
    { level: 'info', message: 'x', details: { a: { b: 1 } } },
  ])('refuses bad arguments (%#), names the place and logs it', async (args) => {
    const { reply, failures } = await call('log.write', args);
    expect(reply).toMatchObject({ ok: false, error: { code: 'ipc.bad-arguments' } });
    expect(failures).toHaveLength(1);
  });

  it('never hands out a result in a form that the table does not know', async () => {
    expect((await call('app.info', {})).reply).toMatchObject({
      ok: false,
      error: { code: 'ipc.bad-result' },
    });
  });

  it('turns a throw into an error; the log gets the whole, the window no path and no stack', async () => {
    const { reply, failures } = await call('grants.list', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal.unexpected' } });
    expect(JSON.stringify(reply)).not.toMatch(/ada|photos|grants\.json|stack/);
    expect(JSON.stringify(failures)).toContain('/home/ada/photos/grants.json');
  });

  it('takes Windows paths out too', () => {
    const { message } = withoutPaths(
      appError(
        'internal.unexpected',
        "EPERM: operation not permitted, open 'C:\\Users\\Ada Lovelace\\x.json'",
      ),
    );
    expect(message).not.toMatch(/Ada|Users|x\.json/);
  });
});

describe('the sender', () => {
  const ours = { url: 'app://bundle/index.html', parent: null };

  it('is accepted from the main frame of our window', () => {
    expect(refuseForeignSender({ sender: { id: 1 }, senderFrame: ours }, 1)).toBeNull();
  });

  it.each([
    ['another window', { sender: { id: 2 }, senderFrame: ours }, 1],
    ['no window of ours', { sender: { id: 1 }, senderFrame: ours }, null],
    ['a frame that is gone', { sender: { id: 1 }, senderFrame: null }, 1],
    ['another site', { sender: { id: 1 }, senderFrame: { url: 'https://example.com/', parent: null } }, 1],
    ['a file', { sender: { id: 1 }, senderFrame: { url: 'file:///bundle/index.html', parent: null } }, 1],
    ['a picture', { sender: { id: 1 }, senderFrame: { url: 'asset://bundle/index.html', parent: null } }, 1],
    [
      'a host like ours',
      { sender: { id: 1 }, senderFrame: { url: 'app://bundle.example/', parent: null } },
      1,
    ],
    [
      'a host after ours',
      { sender: { id: 1 }, senderFrame: { url: 'app://bundle@example/', parent: null } },
      1,
    ],
    ['about:blank', { sender: { id: 1 }, senderFrame: { url: 'about:blank', parent: null } }, 1],
  ])('is refused from %s', (_name, event, id) => {
    expect(refuseForeignSender(event, id)?.code).toBe('ipc.foreign-sender');
  });

  it('is refused from a frame inside our page', () => {
    const frame = { url: 'app://bundle/index.html', parent: ours as never };
    expect(refuseForeignSender({ sender: { id: 1 }, senderFrame: frame }, 1)?.code).toBe(
      'ipc.foreign-sender',
    );
  });
});
