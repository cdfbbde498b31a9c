import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createWorkerProcess,
  type ForkedWorker,
  type WorkerCrash,
  type WorkerEvent,
  type WorkerProcess,
} from '../../../../electron/process-host/worker-process';

let folder: string;
let entry: string;
let forks: ChildProcess[];
let worker: WorkerProcess;
let events: WorkerEvent[];
let crashes: WorkerCrash[];

function forkFixture(): ForkedWorker {
  const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  forks.push(child);
  let lastOutput = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastOutput += chunk.toString('utf8');
  });
  return {
    post: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('close', (code) => listener({ code, lastOutput })),
    kill: () => void child.kill('SIGKILL'),
  };
}

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'groundmark-worker-'));
  entry = path.join(folder, 'worker.cjs');
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: { worker: path.join(import.meta.dirname, 'fixture-worker.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  });
}, 30_000);

afterAll(() => fs.rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  forks = [];
  events = [];
  crashes = [];
  worker = createWorkerProcess('fixture', forkFixture);
  const [eventsOfThisTest, crashesOfThisTest] = [events, crashes];
  worker.subscribe((event) => eventsOfThisTest.push(event));
  worker.onCrash((crash) => crashesOfThisTest.push(crash));
});

afterEach(() => {
  for (const child of forks) child.kill('SIGKILL');
});

describe('a worker process', () => {
  it('starts with the first request and answers many at once, each its own', async () => {
    expect(worker.isRunning()).toBe(false);
    const sent = Array.from({ length: 50 }, (_, index) => ({ index, bytes: new Uint8Array([index]) }));
    const replies = await Promise.all(sent.map((args) => worker.request('echo', args)));
    expect(replies).toEqual(sent.map((value) => ({ ok: true, value })));
    expect(forks).toHaveLength(1);
  });

  it('hands over events in their order, before the reply that followed them', async () => {
    await worker.request('count', 5);
    expect(events).toEqual([0, 1, 2, 3, 4].map((payload) => ({ name: 'counted', payload })));
  });

  it('carries a cancel to the handler', async () => {
    const controller = new AbortController();
    const waiting = worker.request('wait', null, { signal: controller.signal });
    await worker.request('echo', 1);
    controller.abort();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
  });

  it('does not start anything for a request that was cancelled before it was sent', async () => {
    const reply = await worker.request('echo', 1, { signal: AbortSignal.abort() });
    expect(reply).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
    expect(worker.isRunning()).toBe(false);
  });

  it('turns what a handler throws and what it does not know into errors, and lives on', async () => {
    expect(await worker.request('throw', null)).toMatchObject({ error: { code: 'internal.unexpected' } });
    expect(await worker.request('constructor', null)).toMatchObject({
      error: { code: 'ipc.unknown-channel' },
    });
    expect(await worker.request('garbage', null)).toEqual({ ok: true, value: 'after garbage' });
    expect(forks).toHaveLength(1);
  });

  it('fails every pending request when it crashes, says so once, and starts anew with the next one', async () => {
    const first = await worker.request('pid', null);
    const lost = [worker.request('wait', null), worker.request('wait', null)];
    const crash = worker.request('crash', null);
    for (const reply of await Promise.all([...lost, crash])) {
      expect(reply).toMatchObject({ ok: false, error: { code: 'process.crashed' } });
    }
    expect(crashes).toMatchObject([{ name: 'fixture', pendingRequests: 3, lastOutput: 'about to crash\n' }]);
    const second = await worker.request('pid', null);
    expect(second).toMatchObject({ ok: true });
    expect(second).not.toEqual(first);
    expect(forks).toHaveLength(2);
  });

  it('stops when asked, after its own closing work, and that is no crash', async () => {
    await worker.request('echo', 1);
    await worker.stop();
    expect(events).toContainEqual({ name: 'stopping', payload: null });
    expect(crashes).toEqual([]);
    expect(worker.isRunning()).toBe(false);
  });
});
