import { expect, it, vi } from 'vitest';
import { createJobs } from '../../../../renderer/app/jobs';
import { createObservable } from '../../../../renderer/app/observable';
import type { Services } from '../../../../renderer/app/services';
import { createToasts } from '../../../../renderer/app/toasts';
import { createEditor } from '../../../../renderer/editor/create-editor';
import { createWorkspace } from '../../../../renderer/workspace/create-workspace';
import { type PropagateOptions, propagateSelection } from '../../../../renderer/workspace/propagate';
import { createAnnotation } from '../../../../shared/actions/create-annotation';
import { setFlags } from '../../../../shared/actions/set-flags';
import { setImageStatus } from '../../../../shared/actions/set-image-status';
import { appError } from '../../../../shared/result/app-error';
import { err } from '../../../../shared/result/result';
import {
  annotation,
  CAR,
  edit,
  openFixture,
  projectWithImages,
  unwrap,
} from '../persistence/persistence-fixture';

const KEYS = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
const OPTIONS: PropagateOptions = { imageCount: 3, withAttributes: true, skipsLabelled: true };

/** The real store, editor and workspace on the first image, with one occluded car that is selected. */
async function openWithCar() {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run));
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const editor = createEditor({
    annotations: persistence.annotations,
    journal: persistence.journal,
    actor: () => 'Tester',
    newId: () => crypto.randomUUID(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: project.schema,
  });
  const toasts = createToasts(() => undefined);
  const jobs = createJobs(() => undefined);
  const pictures = {
    open: async () => err(appError('file.not-found', 'There are no pictures in this test.')),
    prefetch: () => undefined,
    openTiles: () => null,
    damageOf: async () => null,
    close: () => undefined,
  };
  const workspace = createWorkspace({ persistence, editor, pictures, toasts }, project);
  await workspace.start(null);
  editor.perform(createAnnotation, {
    labelId: CAR,
    shape: { type: 'box', x: 1, y: 2, width: 30, height: 40 },
  });
  const ids = [...(editor.document?.annotations.keys() ?? [])];
  editor.perform(setFlags, { ids, flag: 'isOccluded', isOn: true });
  editor.select(ids);
  // Only what propagation asks for.
  const rules = { settings: createObservable({}), waivers: createObservable(new Map()) };
  const services = { persistence, editor, toasts, jobs, rules } as unknown as Services;
  const stored = () =>
    Promise.all(images.map(async ({ id }) => unwrap(await persistence.annotations.load(id)).annotations));
  const said = () => toasts.shown.get().map(({ message }) => message);
  return { persistence, project, images, editor, workspace, services, toasts, jobs, stored, said };
}

it('reaches the images that follow and leaves the open one, its undo and its selection as they are', async () => {
  const { editor, workspace, services, stored, said, toasts, jobs } = await openWithCar();
  const before = editor.document;
  await propagateSelection(services, workspace, { ...OPTIONS, imageCount: 2 });
  expect((await stored()).map((one) => one.length)).toEqual([1, 1, 1, 0]);
  expect((await stored())[1]?.[0]).toMatchObject({ isOccluded: true, shape: { x: 1, y: 2 } });
  expect(said()).toEqual(['Propagated 1 object to 2 images.']);
  expect(jobs.list.get()[0]?.state).toMatchObject({ kind: 'done' });

  expect(editor.document).toBe(before);
  expect(editor.session.selection.size).toBe(1);
  editor.undo();
  editor.undo();
  unwrap(await editor.settled());
  expect(editor.canUndo).toBe(false);
  expect((await stored()).map((one) => one.length)).toEqual([0, 1, 1, 0]);

  await toasts.shown.get()[0]?.action?.run();
  expect((await stored()).map((one) => one.length)).toEqual([0, 0, 0, 0]);
  expect(said()).toContain('Taken back on 2 images.');
  workspace.stop();
});

it('leaves confirmed empty images alone always, and labelled ones when asked, and says which', async () => {
  const { persistence, images, workspace, services, stored, said, editor } = await openWithCar();
  const [, second, third] = images;
  if (second === undefined || third === undefined) throw new Error('no image');
  const document = { ...(editor.document as NonNullable<typeof editor.document>), annotations: new Map() };
  const empty = setImageStatus.run(
    { ...document, imageId: second.id, status: { state: 'unlabelled', decidedBy: null, decidedAt: null } },
    { decision: 'confirmedEmpty' },
    { actor: 'Ada', at: '2026-01-01T00:00:00.000Z', newId: () => '', schema: editor.schema },
  );
  unwrap(await edit(persistence, second, { status: unwrap(empty).status }));
  unwrap(await edit(persistence, third, { added: [annotation()] }));
  await propagateSelection(services, workspace, OPTIONS);
  expect((await stored()).map((one) => one.length)).toEqual([1, 0, 1, 1]);
  expect(said()).toEqual([
    'Propagated 1 object to 1 image. 2 left alone: b.jpg is confirmed empty, c.jpg has objects already.',
  ]);
  await propagateSelection(services, workspace, { ...OPTIONS, imageCount: 2, skipsLabelled: false });
  expect((await stored()).map((one) => one.length)).toEqual([1, 0, 2, 1]);
  workspace.stop();
});

it('without attributes, copies say nothing of the object', async () => {
  const { workspace, services, stored } = await openWithCar();
  await propagateSelection(services, workspace, { ...OPTIONS, imageCount: 1, withAttributes: false });
  expect((await stored())[1]?.[0]).toMatchObject({ isOccluded: false, attributes: {} });
  workspace.stop();
});

it('goes by the list as it is filtered', async () => {
  const { workspace, services, stored } = await openWithCar();
  workspace.setFilter({ nameContains: '.jpg' });
  await vi.waitFor(() => expect(workspace.rail.get().list?.total).toBe(4));
  workspace.setFilter({ nameContains: 'd.' });
  await vi.waitFor(() => expect(workspace.rail.get().list?.total).toBe(1));
  // The open image is not in that list, so nothing follows it.
  await propagateSelection(services, workspace, OPTIONS);
  expect((await stored()).map((one) => one.length)).toEqual([1, 0, 0, 0]);
  workspace.stop();
});
