import { expect, it, vi } from 'vitest';
import { createBridge, type PreloadApi } from '../../../../renderer/bridge/bridge';
import { createFakeBridge } from '../../../../renderer/bridge/fake-bridge';

const JOB = '00000000-0000-4000-8000-000000000001' as never;

function apiThatAnswers(answer: unknown) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const invoke = vi.fn(async (_channel: string, _args: unknown) => answer);
  const api: PreloadApi = {
    invoke,
    subscribe: (event, listener) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  };
  return { api, invoke, emit: (event: string, payload: unknown) => listeners.get(event)?.(payload) };
}

it('gives the value of a good reply and the error of a failed one', async () => {
  const good = createBridge(apiThatAnswers({ ok: true, value: [] }).api);
  expect(await good.invoke('grants.list', {})).toEqual({ ok: true, value: [] });
  const error = { code: 'file.not-found', message: 'It is gone.', details: {} };
  const failed = createBridge(apiThatAnswers({ ok: false, error }).api);
  expect(await failed.invoke('grants.list', {})).toEqual({ ok: false, error });
});

it.each([
  ['no reply', undefined],
  ['a value of another form', { ok: true, value: [{ id: 'not-a-uuid' }] }],
  ['an error with an unknown code', { ok: false, error: { code: 'made.up', message: '', details: {} } }],
])('reports %s as a bad result', async (_, answer) => {
  const bridge = createBridge(apiThatAnswers(answer).api);
  expect(await bridge.invoke('grants.list', {})).toMatchObject({
    ok: false,
    error: { code: 'ipc.bad-result' },
  });
});

it('turns a bridge that breaks into an error value', async () => {
  const bridge = createBridge({
    invoke: () => Promise.reject(new Error('the other side is gone')),
    subscribe: () => () => undefined,
  });
  expect(await bridge.invoke('app.info', {})).toMatchObject({
    ok: false,
    error: { code: 'internal.unexpected', message: expect.stringContaining('the other side is gone') },
  });
});

it('hands on events of the right form only, and writes the others to the log', () => {
  const { api, invoke, emit } = apiThatAnswers({ ok: true, value: null });
  const bridge = createBridge(api);
  const heard: unknown[] = [];
  const stop = bridge.subscribe('menu.command', (payload) => heard.push(payload));
  emit('menu.command', { commandId: 'edit.undo' });
  emit('menu.command', { commandId: 7 });
  expect(heard).toEqual([{ commandId: 'edit.undo' }]);
  expect(invoke).toHaveBeenCalledWith('log.write', expect.objectContaining({ level: 'error' }));
  stop();
  emit('menu.command', { commandId: 'edit.redo' });
  expect(heard).toHaveLength(1);
});

it('looks at the envelope of a long batch and passes its rows on as they are', () => {
  const { api, emit } = apiThatAnswers({ ok: true, value: null });
  const heard: unknown[] = [];
  createBridge(api).subscribe('scan.batch', (payload) => heard.push(payload));
  const progress = { done: 1, total: null, unit: 'files', perSecond: null, secondsLeft: null };
  const batch = {
    jobId: JOB,
    batch: 0,
    images: [{ key: 'a.jpg' }],
    problems: [],
    progress,
    cursor: 'a.jpg',
    isLast: true,
  };
  emit('scan.batch', batch);
  emit('scan.batch', { ...batch, images: 'many' });
  expect(heard).toEqual([batch]);
});

it('has a fake that is as strict about arguments as main', async () => {
  const fake = createFakeBridge();
  expect(await fake.invoke('backup.read', { id: 'x', fromLine: -1 })).toMatchObject({
    ok: false,
    error: { code: 'ipc.bad-arguments' },
  });
  expect(
    await fake.invoke('lake.diff', { from: 'a'.repeat(64) as never, to: 'b'.repeat(64) as never }),
  ).toMatchObject({
    ok: false,
    error: { code: 'ipc.unknown-channel' },
  });
});
