import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatchGate } from '../../../../electron/media/scan/batch-gate';
import { createProgressMeter } from '../../../../electron/media/scan/progress-meter';
import { runScan } from '../../../../electron/media/scan/run-scan';
import { EVENTS, type EventPayload } from '../../../../shared/ipc/contract';
import { JobId } from '../../../../shared/schema/ids';
import { makePicture, writeFiles } from '../../../harness/image-fixtures';

const jobId = JobId.parse('7f8a3c52-8f0e-4a53-9a55-0d7f9a3c1b11');
let root: string;

beforeAll(async () => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-run-')));
  const jpeg = await makePicture('jpeg');
  const names = Array.from({ length: 250 }, (_, i) => `part-${i % 5}/${String(i).padStart(3, '0')}.jpg`);
  writeFiles(root, Object.fromEntries(names.map((name) => [name, jpeg])));
  writeFiles(root, { 'broken.jpg': '', 'notes.txt': 'none' });
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

function start(options: { afterKey?: string | null; acknowledge?: boolean } = {}) {
  const abort = new AbortController();
  const gate = createBatchGate(abort.signal);
  const batches: EventPayload<'scan.batch'>[] = [];
  const asked: number[] = [];
  const ended = runScan(
    { jobId, target: { kind: 'folder', root }, afterKey: options.afterKey ?? null, batchSize: 40 },
    {
      signal: abort.signal,
      gate: {
        ...gate,
        mayPass: (batch) => {
          asked.push(batch);
          return gate.mayPass(batch);
        },
      },
      sendBatch: (batch) => {
        batches.push(EVENTS['scan.batch'].parse(batch));
        if (options.acknowledge !== false) gate.acknowledge(batch.batch);
      },
    },
  );
  /** Resolves when the job wants to send this batch and had time to do so. */
  async function wantsToSend(batch: number): Promise<void> {
    while (!asked.includes(batch)) await setImmediate();
    await setImmediate();
  }
  return { abort, gate, batches, ended, wantsToSend };
}

const keysIn = (batches: readonly EventPayload<'scan.batch'>[]) =>
  batches.flatMap(({ images }) => images.map(({ key }) => key));

describe('a scan job', () => {
  it('sends numbered batches, the last of which says so, with counts of the whole source', async () => {
    const { batches, ended } = start();
    expect(await ended).toEqual({ ok: true, value: null });
    expect(batches.map(({ batch }) => batch)).toEqual(batches.map((_, index) => index));
    expect(batches.map(({ isLast }) => isLast)).toEqual(
      batches.map((_, index) => index === batches.length - 1),
    );
    expect(keysIn(batches)).toHaveLength(250);
    expect(batches.flatMap(({ problems }) => problems.map(({ key }) => key))).toEqual(['broken.jpg']);
    expect(batches.at(-1)?.progress).toMatchObject({
      done: 252,
      total: 252,
      unit: 'files',
      secondsLeft: null,
    });
  });

  it('has at most two batches out that are not acknowledged', async () => {
    const { abort, gate, batches, ended, wantsToSend } = start({ acknowledge: false });
    await wantsToSend(2);
    expect(batches).toHaveLength(2);
    gate.acknowledge(0);
    await wantsToSend(3);
    expect(batches).toHaveLength(3);
    abort.abort();
    const result = await ended;
    expect(result.ok ? null : result.error.code).toBe('job.cancelled');
    expect(batches).toHaveLength(3);
  });

  it('goes on behind any batch by its cursor with exactly the rest', async () => {
    const { batches, ended } = start();
    await ended;
    for (const [index, { cursor }] of batches.entries()) {
      const rest = start({ afterKey: cursor ?? null });
      await rest.ended;
      expect(keysIn(rest.batches)).toEqual(keysIn(batches.slice(index + 1)));
      expect(rest.batches.at(-1)?.progress).toMatchObject({ done: 252, total: 252 });
    }
  });

  it('ends with what is wrong when the source is gone', async () => {
    const result = await runScan(
      { jobId, target: { kind: 'folder', root: path.join(root, 'gone') }, afterKey: null, batchSize: 40 },
      {
        signal: new AbortController().signal,
        gate: { mayPass: async () => true, acknowledge: () => undefined },
        sendBatch: () => {
          throw new Error('nothing to send');
        },
      },
    );
    expect(result.ok ? null : result.error.code).toBe('file.not-found');
  });
});

describe('progress', () => {
  it('tells the rate of the last five seconds and the time left by it', () => {
    let now = 0;
    const meter = createProgressMeter('files', () => now);
    const at = (seconds: number, done: number) => {
      now = seconds * 1000;
      return meter.read({ done, before: 0, total: 1000 });
    };
    expect(at(0, 0)).toMatchObject({ perSecond: null, secondsLeft: null });
    expect(at(1, 100)).toMatchObject({ perSecond: 100, secondsLeft: 9 });
    for (let second = 2; second <= 6; second++) at(second, 100 + (second - 1) * 20);
    // The fast first second lies outside the window now.
    expect(at(7, 220)).toMatchObject({ perSecond: 20, secondsLeft: 39 });
  });
});
