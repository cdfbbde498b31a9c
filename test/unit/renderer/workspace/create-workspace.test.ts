import { expect, it, vi } from 'vitest';
import { createToasts } from '../../../../renderer/app/toasts';
import { createEditor } from '../../../../renderer/editor/create-editor';
import type { PictureRef } from '../../../../renderer/pictures/asset-url';
import { createWorkspace } from '../../../../renderer/workspace/create-workspace';
import { setImageStatus } from '../../../../shared/actions/set-image-status';
import { appError } from '../../../../shared/result/app-error';
import { err } from '../../../../shared/result/result';
import { openFixture, projectWithImages, unwrap } from '../persistence/persistence-fixture';

const KEYS = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg', 'f.jpg'];

/** The real store and the real editor; only pictures are left out, and their requests written down. */
async function openWorkspace(part: Partial<Awaited<ReturnType<typeof openFixture>>> = {}) {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run));
  const persistence = part.persistence ?? (await openFixture()).persistence;
  const { project, images } = await projectWithImages(persistence, KEYS);
  const editor = createEditor({
    annotations: persistence.annotations,
    journal: persistence.journal,
    actor: () => 'Tester',
    newId: () => crypto.randomUUID(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: project.schema,
  });
  const wished: string[][] = [];
  const names = new Map(images.map((image) => [image.contentHash, image.key]));
  const pictures = {
    open: async () => err(appError('file.not-found', 'There are no pictures in this test.')),
    openTiles: () => null,
    damageOf: async () => null,
    prefetch: (refs: readonly PictureRef[]) =>
      void wished.push(refs.map(({ contentHash }) => names.get(contentHash) ?? '')),
    close: () => undefined,
  };
  const toasts = createToasts(() => undefined);
  const make = () => createWorkspace({ persistence, editor, pictures, toasts }, project);
  const openKey = (workspace: ReturnType<typeof make>) => {
    const state = workspace.openImage.get();
    return state.kind === 'open' ? state.image.key : state.kind;
  };
  return { persistence, project, images, editor, wished, toasts, make, openKey };
}

it('starts with the first image, steps, and says at the ends that there is no more', async () => {
  const { make, openKey, toasts } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  expect(openKey(workspace)).toBe('a.jpg');
  await workspace.step(1);
  expect(openKey(workspace)).toBe('b.jpg');
  await workspace.step(-1);
  await workspace.step(-1);
  expect(openKey(workspace)).toBe('a.jpg');
  expect(toasts.shown.get().map(({ message }) => message)).toEqual(['This is the first image of the list.']);
  workspace.stop();
});

it('opens where the person left off', async () => {
  const { make, openKey } = await openWorkspace();
  const before = make();
  await before.start(null);
  await before.openAt(3);
  before.stop();
  const after = make();
  await after.start(null);
  expect(openKey(after)).toBe('d.jpg');
  expect(after.rail.get().index).toBe(3);
  after.stop();
});

it('wishes for the pictures ahead first, then for the one behind', async () => {
  const { make, wished } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  await workspace.openAt(2);
  await vi.waitFor(() => expect(wished.at(-1)).toEqual(['d.jpg', 'e.jpg', 'f.jpg', 'b.jpg']));
  workspace.stop();
});

it('shows the image that was asked for last, however fast one asks', async () => {
  const { make, openKey, editor, images } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  await Promise.all([workspace.openAt(1), workspace.openAt(4), workspace.openAt(2)]);
  expect(openKey(workspace)).toBe('c.jpg');
  expect(editor.document?.imageId).toBe(images[2]?.id);
  workspace.stop();
});

it('goes round the end to the next image of a state, and says when there is none', async () => {
  const { make, openKey } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  await workspace.openAt(5);
  expect(await workspace.goToNextWithState('unlabelled')).toBe(true);
  expect(openKey(workspace)).toBe('a.jpg');
  expect(await workspace.goToNextWithState('labelled')).toBe(false);
  workspace.stop();
});

it('filters the list and keeps the open image open', async () => {
  const { make, openKey } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  workspace.setFilter({ nameContains: 'c.' });
  await vi.waitFor(() => expect(workspace.rail.get().list?.total).toBe(1));
  expect(openKey(workspace)).toBe('a.jpg');
  expect(workspace.rail.get().index).toBe(-1);
  await workspace.step(1);
  expect(openKey(workspace)).toBe('c.jpg');
  workspace.stop();
});

it('has a label to draw with from the start', async () => {
  const { make, editor, project } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  expect(editor.session.activeLabelId).toBe(project.schema.labels[0]?.id);
  expect(unwrap(await editor.settled())).toBeNull();
  workspace.stop();
});

it('closes the image before when the next one is damaged, so that no edit lands on the wrong image', async () => {
  const { make, editor, persistence } = await openWorkspace();
  const load = persistence.annotations.load;
  const workspace = make();
  await workspace.start(null);
  const damaged = appError('record.damaged', 'The labels of b.jpg cannot be read.');
  const spy = vi.spyOn(persistence.annotations, 'load').mockResolvedValueOnce(err(damaged));
  await workspace.step(1);
  expect(workspace.openImage.get()).toMatchObject({ kind: 'failed', isDamaged: true });
  expect(editor.document).toBeNull();
  spy.mockImplementation(load);
  await workspace.step(1);
  expect(workspace.openImage.get()).toMatchObject({ kind: 'open', image: { key: 'c.jpg' } });
  workspace.stop();
});

it('stays on an image that could not be saved', async () => {
  const { make, openKey, editor, persistence, toasts } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  vi.spyOn(persistence.annotations, 'commit').mockResolvedValue(
    err(appError('database.quota', 'The disk is full. Free some space.')),
  );
  editor.perform(setImageStatus, { decision: 'confirmedEmpty' });
  await workspace.step(1);
  expect(openKey(workspace)).toBe('a.jpg');
  expect(workspace.rail.get().index).toBe(0);
  expect(toasts.shown.get().some(({ message }) => message.includes('The disk is full'))).toBe(true);
  workspace.stop();
});

it('stays on an image while something half drawn there would be lost, until it is finished or dropped', async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  const { make, openKey, editor, toasts } = await openWorkspace();
  const workspace = make();
  await workspace.start(null);
  editor.setView({ width: 800, height: 600 });
  editor.setTool('polygon');
  const key = (name: string) =>
    editor.dispatch({
      type: 'keyDown',
      key: name,
      isRepeat: false,
      shift: false,
      alt: false,
      control: false,
    });
  for (const name of ['Enter', 'Enter', 'ArrowRight', 'Enter']) key(name);
  expect(editor.unfinished).toBe('polygon');
  await workspace.step(1);
  await workspace.openAt(3);
  expect(openKey(workspace)).toBe('a.jpg');
  expect(editor.session.toolState).toBe('polygon/drawing');
  const [toast, ...others] = toasts.shown.get();
  expect(toast?.message).toBe('The polygon is not finished. Finish it, or drop it with Esc.');
  expect(others).toEqual([]);
  toast?.action?.run();
  await vi.waitFor(() => expect(openKey(workspace)).toBe('d.jpg'));
  expect(toasts.shown.get()).toEqual([]);
  expect(editor.unfinished).toBeNull();
  workspace.stop();
});
