import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GrantStore, openGrantStore } from '../../../../electron/grants/grant-store';
import type { CallContext, Emit } from '../../../../electron/ipc/answer-call';
import { createMediaChannels } from '../../../../electron/media/media-channels';
import { mediaHandlers } from '../../../../electron/media/media-handlers';
import { createThumbnailCache } from '../../../../electron/media/thumbnail-cache';
import { serveWorker } from '../../../../electron/process-host/serve-worker';
import { createWorkerProcess, type ForkedWorker } from '../../../../electron/process-host/worker-process';
import type { EventPayload } from '../../../../shared/ipc/contract';
import { JobId, Sha256, type SourceId } from '../../../../shared/schema/ids';
import { makePicture, writeFiles } from '../../../harness/image-fixtures';

let base: string;
let grants: GrantStore;
let source: SourceId;

beforeAll(async () => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-channels-')));
  const jpeg = await makePicture('jpeg');
  writeFiles(base, Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`photos/${i}.jpg`, jpeg])));
  grants = await openGrantStore(path.join(base, 'grants.json'));
  const added = await grants.addFolder(path.join(base, 'photos'), 'images');
  if (!added.ok) throw new Error(added.error.message);
  source = added.value.id;
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

/** The worker's real handlers behind the real protocol, with messages cloned as between processes. */
function forkInProcess(): ForkedWorker & { crash(): void } {
  let toMain: (message: unknown) => void = () => undefined;
  let toWorker: (message: unknown) => void = () => undefined;
  let exit: (code: number) => void = () => undefined;
  let isAlive = true;
  serveWorker(mediaHandlers, {
    port: {
      post: (message) => {
        const clone = structuredClone(message);
        setImmediate(() => isAlive && toMain(clone));
      },
      onMessage: (listener) => {
        toWorker = listener;
      },
    },
  });
  return {
    post: (message) => toWorker(structuredClone(message)),
    onMessage: (listener) => {
      toMain = listener;
    },
    onExit: (listener) => {
      exit = (code) => listener({ code, lastOutput: '' });
    },
    kill: () => undefined,
    crash: () => {
      isAlive = false;
      exit(9);
    },
  };
}

function setUp() {
  const batches: EventPayload<'scan.batch'>[] = [];
  const failures: EventPayload<'job.failed'>[] = [];
  let changed: () => void = () => undefined;
  const emit: Emit = (event, payload) => {
    if (event === 'scan.batch') batches.push(payload as EventPayload<'scan.batch'>);
    if (event === 'job.failed') failures.push(payload as EventPayload<'job.failed'>);
    changed();
  };
  let child: ReturnType<typeof forkInProcess> | null = null;
  const media = createWorkerProcess('media', () => {
    child = forkInProcess();
    return child;
  });
  const thumbnails = createThumbnailCache(path.join(base, 'thumbnails'), 1e6);
  const { channels, cancelJob } = createMediaChannels({ media, grants, thumbnails, emit });
  // Handlers of this concern never look at the window.
  const context = { emit } as CallContext;
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  };
  const jobId = JobId.parse(crypto.randomUUID());
  const start = (id = jobId) =>
    channels['scan.start']({ jobId: id, sourceId: source, afterKey: null, batchSize: 5 }, context);
  return {
    batches,
    failures,
    channels,
    cancelJob,
    context,
    until,
    jobId,
    start,
    crash: () => child?.crash(),
  };
}

describe('main’s side of the media process', () => {
  it('passes batches on as they are acknowledged, to the last', async () => {
    const { batches, failures, channels, context, until, jobId, start } = setUp();
    expect(await start()).toEqual({ ok: true, value: null });
    for (let batch = 0; ; batch++) {
      await until(() => batches.length > batch);
      await channels['scan.acknowledge']({ jobId, batch }, context);
      if (batches[batch]?.isLast) break;
    }
    expect(batches.flatMap(({ images }) => images)).toHaveLength(25);
    expect(failures).toEqual([]);
  });

  it('tells the end of a cancelled job, and knows no other jobs', async () => {
    const { failures, cancelJob, until, jobId, start } = setUp();
    await start();
    expect(cancelJob(JobId.parse(crypto.randomUUID()))).toBe(false);
    expect(cancelJob(jobId)).toBe(true);
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ jobId, code: 'job.cancelled' }]);
  });

  it('tells the job when the process crashes under it', async () => {
    const { batches, failures, until, jobId, start, crash } = setUp();
    await start();
    await until(() => batches.length === 2);
    crash();
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ jobId, code: 'process.crashed' }]);
  });

  it('ends the scan of a window that was loaded anew when the source is scanned again', async () => {
    const { batches, failures, until, jobId, start } = setUp();
    await start();
    await until(() => batches.length === 2);
    const second = JobId.parse(crypto.randomUUID());
    await start(second);
    await until(() => failures.length > 0 && batches.some((batch) => batch.jobId === second));
    expect(failures).toMatchObject([{ jobId, code: 'job.cancelled' }]);
  });

  it('finds what is missing, and calls nothing missing when the whole folder is gone', async () => {
    const { channels, context } = setUp();
    const ask = () =>
      channels['source.missing']({ sourceId: source, keys: ['0.jpg', 'x/gone.jpg'] }, context);
    expect(await ask()).toEqual({ ok: true, value: { isAvailable: true, missingKeys: ['x/gone.jpg'] } });
    fs.renameSync(path.join(base, 'photos'), path.join(base, 'moved'));
    expect(await ask()).toEqual({ ok: true, value: { isAvailable: false, missingKeys: [] } });
    fs.renameSync(path.join(base, 'moved'), path.join(base, 'photos'));
  });

  it('keeps thumbnails by hash', async () => {
    const { channels, context } = setUp();
    const contentHash = Sha256.parse('cd'.repeat(32));
    const put = await channels['thumbnail.put'](
      { contentHash, bytes: new Uint8Array(await makePicture('webp')) },
      context,
    );
    expect(put).toEqual({ ok: true, value: null });
    expect(fs.existsSync(path.join(base, 'thumbnails', 'cd', `${contentHash}.webp`))).toBe(true);
  });
});
