import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GrantStore, openGrantStore } from '../../../../electron/grants/grant-store';
import { answerCall, type CallContext, type Emit } from '../../../../electron/ipc/answer-call';
import { serveWorker } from '../../../../electron/process-host/serve-worker';
import { createWorkerProcess, type WorkerProcess } from '../../../../electron/process-host/worker-process';
import { createDatasetChannels, type DatasetChannels } from '../../../../electron/store/dataset-channels';
import { createDatasetHandlers } from '../../../../electron/store/dataset-handlers';
import { surveyedImages, takenImages } from '../../../../shared/imports/image-lines';
import type { ChannelArgs, ChannelName, ChannelResult, EventPayload } from '../../../../shared/ipc/contract';
import { ok, type Result } from '../../../../shared/result/result';
import type { JobId, SourceId } from '../../../../shared/schema/ids';
import type { ImportedAnnotation } from '../../../../shared/schema/imported-annotation';
import { okValue } from '../../../fixtures/ok-value';
import { contentKeyOf, publishRequest, publishRows, uuidOf } from '../../../fixtures/publish-rows';

const JOB = uuidOf('job') as JobId;

let base: string;
let grants: GrantStore;
let datasets: WorkerProcess;
let jobs: DatasetChannels;
let events: { readonly name: string; readonly payload: unknown }[];

/** The worker's handlers on the other side of a wire that clones, as messages between processes are. */
function inProcessWorker(): WorkerProcess {
  return createWorkerProcess('datasets', () => {
    let toWorker: (message: unknown) => void = () => undefined;
    let toMain: (message: unknown) => void = () => undefined;
    serveWorker(createDatasetHandlers(), {
      port: {
        post: (message) => void queueMicrotask(() => toMain(structuredClone(message))),
        onMessage: (listener) => {
          toWorker = listener;
        },
      },
    });
    return {
      post: (message) => void queueMicrotask(() => toWorker(structuredClone(message))),
      onMessage: (listener) => {
        toMain = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    };
  });
}

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'groundmark-channels-'));
  grants = await openGrantStore(path.join(base, 'grants.json'));
  datasets = inProcessWorker();
  events = [];
  const emit: Emit = (name, payload) => void events.push({ name, payload });
  jobs = createDatasetChannels({ datasets, grants, home: path.join(base, 'home'), emit });
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** As the router does it: arguments and answer are held against the channel's schemas. */
function call<C extends ChannelName>(channel: C, args: ChannelArgs<C>): Promise<Result<ChannelResult<C>>> {
  const context = {} as CallContext;
  return answerCall(jobs.channels, channel, args, {
    context,
    admit: () => ok(null),
    reportFailure: () => undefined,
  }) as Promise<Result<ChannelResult<C>>>;
}

async function cocoGrant(images: number): Promise<SourceId> {
  const folder = path.join(base, 'labels');
  await mkdir(folder);
  const ids = Array.from({ length: images }, (_, index) => index + 1);
  await writeFile(
    path.join(folder, 'instances.json'),
    JSON.stringify({
      images: ids.map((id) => ({ id, file_name: `day/${id}.jpg`, width: 100, height: 80 })),
      categories: [{ id: 1, name: 'car' }],
      annotations: ids.map((id) => ({
        id,
        image_id: id,
        category_id: 1,
        bbox: [1, 2, 30, 40],
        area: 1200,
        iscrowd: 0,
      })),
    }),
  );
  return okValue(await grants.addFolder(folder, 'labels')).id;
}

const batches = () =>
  events
    .filter((event) => event.name === 'labels.taken')
    .map((event) => event.payload as EventPayload<'labels.taken'>);

const surveyed = () =>
  events
    .filter((event) => event.name === 'labels.surveyed')
    .map((event) => event.payload as EventPayload<'labels.surveyed'>);

/** The pass in which everything is counted. */
const survey = (sourceId: SourceId, formatId: string) =>
  call('labels.survey', { jobId: JOB, sourceId, formatId, options: {}, imageSourceIds: [] });

/** The pass in which annotations are handed over; all boxes are of the one label. */
const take = (sourceId: SourceId, formatId = 'coco', imageSourceIds: SourceId[] = []) =>
  call('labels.take', {
    jobId: JOB,
    sourceId,
    formatId,
    options: {},
    imageSourceIds,
    mapping: { labels: [[0, 0]], attributes: [], seed: 'test' },
    skip: 0,
    keys: null,
  });

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

describe('reading labels', () => {
  it('finds the format and hands over everything, two batches ahead of the receiver at most', async () => {
    const sourceId = await cocoGrant(2300);
    const [best] = okValue(await call('labels.detect', { sourceId }));
    expect(best?.formatId).toBe('coco');
    okValue(await take(sourceId));
    await until(() => batches().length === 2);
    await sleep(100);
    expect(batches()).toHaveLength(2);
    for (let batch = 0; !batches().at(-1)?.isLast; batch += 1) {
      okValue(await call('labels.acknowledge', { jobId: JOB, batch }));
      await until(() => batches().length > batch + 2 || batches().at(-1)?.isLast === true);
    }
    expect(batches().map((batch) => batch.batch)).toEqual([0, 1, 2, 3, 4]);
    const images = batches().flatMap((batch) => takenImages(batch.images));
    expect(new Set(images.map((image) => image.key)).size).toBe(2300);
    const text = '{"label":0,"shape":{"height":40,"type":"box","width":30,"x":1,"y":2}}';
    const hash = createHash('sha256').update(text).digest('hex');
    expect(images[0]).toEqual({
      key: 'day/1.jpg',
      isConfirmedEmpty: false,
      labelCounts: [[0, 1]],
      text,
      hash,
    });
    expect(batches().at(-1)?.cursor).toBe(2300);
  });

  it('counts everything before anything is taken', async () => {
    const sourceId = await cocoGrant(3);
    okValue(await survey(sourceId, 'coco'));
    await until(() => surveyed().at(-1)?.isLast === true);
    expect(surveyed().flatMap((batch) => surveyedImages(batch.images))).toEqual([
      { key: 'day/1.jpg', isConfirmedEmpty: false, counts: [0, 1] },
      { key: 'day/2.jpg', isConfirmedEmpty: false, counts: [0, 1] },
      { key: 'day/3.jpg', isConfirmedEmpty: false, counts: [0, 1] },
    ]);
    expect(surveyed().at(-1)?.survey).toMatchObject({
      images: 3,
      annotations: 3,
      classes: [{ classIndex: 0, name: 'car', annotations: 3, shapes: { box: 3 } }],
    });
  });

  it('ends when it is cancelled, and says so', async () => {
    const sourceId = await cocoGrant(2300);
    okValue(await take(sourceId));
    await until(() => batches().length === 2);
    expect(jobs.cancelJob(JOB)).toBe(true);
    await until(() => events.some((event) => event.name === 'job.failed'));
    expect(events.at(-1)?.payload).toMatchObject({ jobId: JOB, code: 'job.cancelled' });
    expect(jobs.cancelJob(JOB)).toBe(false);
  });

  it('refuses a grant that is not there and a format that nobody knows', async () => {
    expect(await call('labels.detect', { sourceId: uuidOf('nobody') })).toMatchObject({
      ok: false,
      error: { code: 'file.unknown-grant' },
    });
    const sourceId = await cocoGrant(1);
    okValue(await take(sourceId, 'nonsense'));
    await until(() => events.some((event) => event.name === 'job.failed'));
    expect(events.at(-1)?.payload).toMatchObject({ code: 'format.unrecognised' });
  });
});

describe('labels apart from their pictures', () => {
  /** A BMP of this size; its header is all that is looked at. */
  function bmp(width: number, height: number): Buffer {
    const bytes = Buffer.alloc(54 + Math.ceil((width * 3) / 4) * 4 * height);
    bytes.write('BM');
    bytes.writeUInt32LE(bytes.length, 2);
    bytes.writeUInt32LE(54, 10);
    bytes.writeUInt32LE(40, 14);
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(height, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(24, 28);
    return bytes;
  }

  async function written(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(base, name)), { recursive: true });
      await writeFile(path.join(base, name), content);
    }
  }

  const boxesByKey = () =>
    Object.fromEntries(
      batches().flatMap((batch) =>
        takenImages(batch.images).map(({ key, text }) => [
          key,
          (JSON.parse(`[${text}]`) as ImportedAnnotation[]).map(({ shape }) => shape),
        ]),
      ),
    );

  it('take sizes from the project’s own folders and files, each from the picture they are of', async () => {
    await written({
      'yolo/data.yaml': 'names:\n  0: car\n',
      'yolo/labels/day/1.txt': '0 0.5 0.5 0.5 0.5\n',
      'yolo/labels/night/1.txt': '0 0.5 0.5 0.5 0.5\n',
      'yolo/labels/day/2.txt': '0 0.5 0.5 0.5 0.5\n',
      'pictures/frames/night/1.bmp': bmp(40, 20),
      'pictures/frames/day/1.bmp': bmp(80, 60),
      'chosen/2.bmp': bmp(8, 4),
      'other/day/2.bmp': bmp(1, 1),
    });
    const sourceId = okValue(await grants.addFolder(path.join(base, 'yolo'), 'labels')).id;
    const folder = okValue(await grants.addFolder(path.join(base, 'pictures'), 'images')).id;
    const files = okValue(await grants.addFiles([path.join(base, 'chosen/2.bmp')], 'images')).id;
    // Of another project: fits better by its path, and must not be looked at.
    okValue(await grants.addFolder(path.join(base, 'other'), 'images'));
    const [best] = okValue(await call('labels.detect', { sourceId }));
    expect(best?.formatId).toBe('yolo');
    okValue(await take(sourceId, 'yolo', [folder, files]));
    await until(() => batches().at(-1)?.isLast === true);
    expect(boxesByKey()).toEqual({
      'day/1.jpg': [{ type: 'box', x: 20, y: 15, width: 40, height: 30 }],
      'day/2.jpg': [{ type: 'box', x: 2, y: 1, width: 4, height: 2 }],
      'night/1.jpg': [{ type: 'box', x: 10, y: 5, width: 20, height: 10 }],
    });
  });

  it('say which pictures they lack when those are not in the project', async () => {
    await written({
      'yolo/data.yaml': 'names:\n  0: car\n',
      'yolo/labels/1.txt': '0 0.5 0.5 0.5 0.5\n',
      'other/1.bmp': bmp(80, 60),
    });
    const sourceId = okValue(await grants.addFolder(path.join(base, 'yolo'), 'labels')).id;
    okValue(await grants.addFolder(path.join(base, 'other'), 'images'));
    okValue(await survey(sourceId, 'yolo'));
    await until(() => surveyed().at(-1)?.isLast === true);
    expect(surveyed().flatMap((batch) => batch.problems)).toMatchObject([
      { code: 'image-size-unknown', path: 'labels/1.txt' },
    ]);
    okValue(await take(sourceId, 'yolo'));
    await until(() => batches().at(-1)?.isLast === true);
    expect(boxesByKey()).toEqual({});
  });
});

describe('the lake over the bridge', () => {
  const rows = publishRows(30);
  const contentKey = contentKeyOf(rows);

  async function published() {
    okValue(await call('lake.publishBegin', { jobId: JOB, request: publishRequest(), contentKey }));
    okValue(await call('lake.publishAppend', { jobId: JOB, batch: 0, rows: [...rows] }));
    return okValue(await call('lake.publishFinish', { jobId: JOB }));
  }

  it('publishes, lists, tells, compares and exports', async () => {
    const { version, isNew } = await published();
    expect(isNew).toBe(true);
    expect(events.filter((event) => event.name === 'job.progress').length).toBeGreaterThan(2);
    expect(okValue(await call('lake.versions', { projectId: null }))).toEqual([version]);
    expect(okValue(await call('lake.manifest', { versionId: version.id })).counts).toEqual(version.counts);
    expect(okValue(await call('lake.contents', { versionId: version.id }))).toMatchObject({
      images: version.counts.images,
      annotations: version.counts.annotations,
      shapes: {
        box: rows.flatMap((row) => row.annotations).filter(({ shape }) => shape.type === 'box').length,
      },
    });
    const diff = okValue(await call('lake.diff', { from: version.id, to: version.id }));
    expect(diff.annotations).toMatchObject({ added: 0, removed: 0, unchanged: version.counts.annotations });

    const out = path.join(base, 'out');
    await mkdir(out);
    const destination = okValue(await grants.addFolder(out, 'export'));
    const formats = okValue(await call('formats.list', {})).map((format) => format.id);
    expect(formats).toEqual(expect.arrayContaining(['coco', 'yolo']));
    for (const formatId of formats) {
      const report = okValue(
        await call('lake.export', {
          jobId: JOB,
          versionId: version.id,
          formatId,
          destinationId: destination.id,
          includesImages: false,
        }),
      );
      const { matched, inPart } = report.readBack;
      expect([formatId, matched + inPart]).toEqual([formatId, report.annotations]);
    }
    const shown = await readdir(out);
    expect(shown.filter((name) => !name.endsWith('.losses.jsonl'))).toHaveLength(formats.length);
  });

  it('writes only where a person allowed it to', async () => {
    const { version } = await published();
    const folder = path.join(base, 'pictures');
    await mkdir(folder);
    const images = okValue(await grants.addFolder(folder, 'images'));
    const args = { jobId: JOB, versionId: version.id, formatId: 'coco', includesImages: false };
    expect(await call('lake.export', { ...args, destinationId: images.id })).toMatchObject({
      ok: false,
      error: { code: 'file.not-writable' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('stops a publish that is cancelled, offers it again with what was staged, and forgets it when told to', async () => {
    okValue(await call('lake.publishBegin', { jobId: JOB, request: publishRequest(), contentKey }));
    okValue(await call('lake.publishAppend', { jobId: JOB, batch: 0, rows: rows.slice(0, 10) }));
    expect(jobs.cancelJob(JOB)).toBe(true);
    expect(
      await call('lake.publishAppend', { jobId: JOB, batch: 1, rows: rows.slice(10, 20) }),
    ).toMatchObject({
      ok: false,
      error: { code: 'job.cancelled' },
    });
    expect(await call('lake.publishFinish', { jobId: JOB })).toMatchObject({
      ok: false,
      error: { code: 'job.cancelled' },
    });
    const request = publishRequest();
    const { id: projectId } = request.project;
    expect(okValue(await call('lake.versions', { projectId }))).toEqual([]);
    expect(okValue(await call('lake.unfinished', { projectId }))).toEqual(request);
    const begin = async (name: string) =>
      okValue(await call('lake.publishBegin', { jobId: uuidOf(name), request, contentKey })).nextBatch;
    expect(await begin('job 2')).toBe(1);
    okValue(await call('lake.forgetUnfinished', { projectId: uuidOf('another project') }));
    expect(await begin('job 3')).toBe(1);
    okValue(await call('lake.forgetUnfinished', { projectId }));
    expect(okValue(await call('lake.unfinished', { projectId }))).toBeNull();
    expect(await begin('job 4')).toBe(0);
  });

  it('says so when the process that held a publish was started anew', async () => {
    expect(await call('lake.publishAppend', { jobId: JOB, batch: 0, rows: [] })).toMatchObject({
      ok: false,
      error: { code: 'job.unknown' },
    });
  });
});
