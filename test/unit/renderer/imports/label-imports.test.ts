import { expect, it } from 'vitest';
import { surveyLabels, takeLabels } from '../../../../electron/store/label-passes';
import { createObservable } from '../../../../renderer/app/observable';
import type { Services } from '../../../../renderer/app/services';
import { createFakeBridge, type FakeBridge } from '../../../../renderer/bridge/fake-bridge';
import { createLabelImports } from '../../../../renderer/imports/label-imports';
import { planProposal } from '../../../../renderer/imports/label-proposal';
import { openPersistence } from '../../../../renderer/persistence';
import { coco } from '../../../../shared/formats/coco/coco';
import type { EventPayload } from '../../../../shared/ipc/contract';
import { ok } from '../../../../shared/result/result';
import type { JobId } from '../../../../shared/schema/ids';
import { memoryFolder } from '../../../harness/memory-dataset';
import { openFixture, projectWithImages, SOURCE, unwrap } from '../persistence/persistence-fixture';

const IMAGES = 1300;
const name = (n: number) => `${String(n).padStart(4, '0')}.jpg`;

type SentBatch = EventPayload<'labels.surveyed'> | EventPayload<'labels.taken'>;

/** A COCO file of two boxes an image; the classes are `car` and one that nobody knows. */
function cocoFile(images: number): string {
  return JSON.stringify({
    images: Array.from({ length: images }, (_, n) => ({
      id: n + 1,
      file_name: name(n),
      width: 100,
      height: 100,
    })),
    annotations: Array.from({ length: images * 2 }, (_, n) => ({
      id: n + 1,
      image_id: Math.floor(n / 2) + 1,
      category_id: (n % 2) + 1,
      bbox: [n % 50, 10, 20, 30],
      area: 600,
      iscrowd: 0,
    })),
    categories: [
      { id: 1, name: 'car' },
      { id: 2, name: 'okapi' },
    ],
  });
}

/** The window's side over a real database, with the datasets process's own passes at the other end of the bridge. */
async function fixture(files: () => string) {
  const { persistence: first } = await openFixture();
  const { project } = await projectWithImages(
    first,
    Array.from({ length: IMAGES }, (_, n) => name(n)),
  );
  const acknowledged = new Map<number, () => void>();
  let isCut = false;
  const bridge: FakeBridge = createFakeBridge({
    'labels.survey': ({ jobId }) =>
      run(jobId, (pass, send) => surveyLabels(pass, (batch) => send('labels.surveyed', batch))),
    'labels.take': ({ jobId, ...wish }) =>
      run(jobId, (pass, send) => takeLabels(pass, wish, (batch) => send('labels.taken', batch))),
    'labels.acknowledge': ({ batch }) => {
      acknowledged.get(batch)?.();
      return ok(null);
    },
    'job.cancel': () => {
      isCut = true;
      return ok(null);
    },
    'labels.detect': () =>
      ok([
        {
          formatId: 'coco',
          title: 'COCO',
          confidence: 0.9,
          reasons: ['looks like it'],
          isLikeliest: true,
          questions: [],
          readOptions: [],
        },
      ]),
  });
  function run(
    jobId: JobId,
    work: (
      pass: Parameters<typeof surveyLabels>[0],
      send: (event: 'labels.surveyed' | 'labels.taken', batch: SentBatch) => Promise<boolean>,
    ) => Promise<unknown>,
  ) {
    isCut = false;
    const folder = memoryFolder(new Map([['annotations/instances.json', files()]]));
    void work({ format: coco, folder, options: {}, jobId }, async (event, batch) => {
      if (isCut) return false;
      const done = new Promise<void>((resolve) => acknowledged.set(batch.batch, resolve));
      bridge.emit(event, batch as never);
      await done;
      return !isCut;
    });
    return ok(null);
  }
  const persistence = unwrap(await openPersistence(bridge));
  let cancel: () => void = () => undefined;
  const toasts: string[] = [];
  const services = {
    bridge,
    persistence,
    editor: { document: null, settled: async () => ok(null), reload: async () => ok(null) },
    jobs: {
      list: createObservable([]),
      start(input: { cancel?: () => void }) {
        cancel = input.cancel ?? cancel;
        return { progress: onProgress, note: () => undefined, done: () => undefined, fail: () => undefined };
      },
      dismiss: () => undefined,
    },
    toasts: { show: ({ message }: { message: string }) => void toasts.push(message) },
  } as unknown as Services;
  let stopsAfter: number | null = null;
  function onProgress({ done, unit }: { done: number; unit: string }) {
    if (unit === 'images' && stopsAfter !== null && done >= stopsAfter) cancel();
  }
  const labels = createLabelImports(services);
  const propose = async () => {
    await labels.offer(project.id, { id: SOURCE, displayName: 'street' }, true);
    const { proposal } = labels.state.get();
    if (proposal === null) throw new Error('nothing was offered');
    return { proposal, plan: planProposal(proposal, proposal.suggested) };
  };
  return {
    labels,
    persistence,
    project,
    toasts,
    propose,
    stopAfter(images: number | null) {
      stopsAfter = images;
    },
    counts: async () => unwrap(await persistence.projects.get(project.id)).counts,
  };
}

it('looks through, agrees and stores; one undo takes all of it back', async () => {
  const { labels, propose, counts, persistence, project, toasts } = await fixture(() => cocoFile(IMAGES));
  const { proposal, plan } = await propose();
  expect(plan.newLabels).toEqual(['okapi']);
  expect(proposal.match.targetByKey.size).toBe(IMAGES);
  unwrap(await labels.apply(proposal, plan, 'addNew'));
  expect(await counts()).toMatchObject({ annotations: IMAGES * 2, labelled: IMAGES });
  expect(toasts.at(-1)).toBe('Imported 2,600 annotations in 1,300 images.');
  expect(labels.state.get().unfinished).toEqual([]);
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(await counts()).toMatchObject({ annotations: 0, unlabelled: IMAGES });
});

it('goes on behind what is stored when it was stopped, and ends as if it never had been', async () => {
  const { labels, propose, counts, project, stopAfter, persistence } = await fixture(() => cocoFile(IMAGES));
  const { proposal, plan } = await propose();
  stopAfter(400);
  expect((await labels.apply(proposal, plan, 'addNew')).ok).toBe(false);
  stopAfter(null);
  const [cut] = labels.state.get().unfinished;
  if (cut === undefined) throw new Error('nothing is unfinished');
  expect(cut.cursor).toBeGreaterThan(0);
  expect(cut.cursor).toBeLessThan(IMAGES);
  expect(await counts()).toMatchObject({ annotations: cut.cursor * 2, labelled: cut.cursor });
  await labels.inspect(project.id);
  await labels.resume(project.id, cut.changeId);
  expect(labels.state.get().unfinished).toEqual([]);
  expect(await counts()).toMatchObject({ annotations: IMAGES * 2, labelled: IMAGES });
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(await counts()).toMatchObject({ annotations: 0, unlabelled: IMAGES });
});

it('does not go on when the files hold other labels now, and can be taken back', async () => {
  let file = cocoFile(IMAGES);
  const { labels, propose, counts, project, stopAfter, toasts } = await fixture(() => file);
  const { proposal, plan } = await propose();
  stopAfter(400);
  await labels.apply(proposal, plan, 'addNew');
  stopAfter(null);
  const [cut] = labels.state.get().unfinished;
  if (cut === undefined) throw new Error('nothing is unfinished');
  file = cocoFile(IMAGES - 1);
  await labels.resume(project.id, cut.changeId);
  expect(toasts.at(-1)).toContain('hold other labels now');
  await labels.takeBack(project.id, cut.changeId);
  expect(await counts()).toMatchObject({ annotations: 0, unlabelled: IMAGES });
  expect(labels.state.get().unfinished).toEqual([]);
});
