import { expect, it } from 'vitest';
import { createFakeBridge } from '../../../../renderer/bridge/fake-bridge';
import { runBatchedJob } from '../../../../renderer/imports/batched-job';
import type { EventPayload } from '../../../../shared/ipc/contract';
import { appError } from '../../../../shared/result/app-error';
import { err, ok, type Result } from '../../../../shared/result/result';
import type { JobId } from '../../../../shared/schema/ids';

const jobId = '00000000-0000-4000-8000-000000000001' as JobId;
const otherJob = '00000000-0000-4000-8000-000000000002' as JobId;

function batch(number: number, isLast: boolean, id: JobId = jobId): EventPayload<'labels.taken'> {
  return { jobId: id, batch: number, images: '', cursor: 0, isLast };
}

function run(
  store: (given: EventPayload<'labels.taken'>) => Promise<Result<null>>,
  answer: () => Promise<Result<null>> = () => Promise.resolve(ok(null)),
) {
  const stop = new AbortController();
  const events: string[] = [];
  const bridge = createFakeBridge({ 'job.cancel': () => ok(null) });
  const outcome = runBatchedJob(bridge, {
    jobId,
    event: 'labels.taken',
    signal: stop.signal,
    start: () => Promise.resolve(ok(null)),
    acknowledge: (number) => {
      events.push(`acknowledged ${number}`);
      return answer();
    },
    async store(given) {
      events.push(`storing ${given.batch}`);
      const stored = await store(given);
      events.push(`stored ${given.batch}`);
      return stored;
    },
  });
  return { bridge, events, outcome, stop };
}

it('stores each batch before it acknowledges it and before it looks at the next, and hears only its own job', async () => {
  const job = run(() => new Promise((resolve) => setTimeout(() => resolve(ok(null)), 5)));
  job.bridge.emit('labels.taken', batch(0, false));
  job.bridge.emit('labels.taken', batch(7, true, otherJob));
  job.bridge.emit('labels.taken', batch(1, true));
  expect(await job.outcome).toEqual({ ok: true, value: null });
  expect(job.events).toEqual([
    'storing 0',
    'stored 0',
    'acknowledged 0',
    'storing 1',
    'stored 1',
    'acknowledged 1',
  ]);
});

it('stops the sender when a batch cannot be stored, and gives that error', async () => {
  const failure = err(appError('database.quota', 'The disk is full.'));
  const job = run(() => Promise.resolve(failure));
  job.bridge.emit('labels.taken', batch(0, false));
  expect(await job.outcome).toEqual(failure);
  expect(job.bridge.calls.map((call) => call.channel)).toEqual(['job.cancel']);
  expect(job.events).not.toContain('acknowledged 0');
});

it('finishes storing the batch at hand when it is cancelled, and takes no more', async () => {
  const job = run(() => new Promise((resolve) => setTimeout(() => resolve(ok(null)), 5)));
  job.bridge.emit('labels.taken', batch(0, false));
  await Promise.resolve();
  job.stop.abort();
  job.bridge.emit('labels.taken', batch(1, true));
  expect(await job.outcome).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
  expect(job.events).toContain('stored 0');
  expect(job.events).not.toContain('storing 1');
});

it('ends when it is cancelled though the sender does not answer', async () => {
  const job = run(
    () => Promise.resolve(ok(null)),
    () => new Promise(() => undefined),
  );
  job.bridge.emit('labels.taken', batch(0, false));
  await expect.poll(() => job.events).toContain('acknowledged 0');
  job.stop.abort();
  expect(await job.outcome).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
});

it('ends with the failure that the other process reports, e.g. its crash', async () => {
  const job = run(() => Promise.resolve(ok(null)));
  job.bridge.emit('job.failed', { jobId, code: 'process.crashed', message: 'It ended.' });
  expect(await job.outcome).toMatchObject({
    ok: false,
    error: { code: 'process.crashed', message: 'It ended.' },
  });
});
