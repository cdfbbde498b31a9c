import { describe, expect, it } from 'vitest';
import { deleteAnnotations } from '../../../../shared/actions/delete-annotations';
import { setImageStatus } from '../../../../shared/actions/set-image-status';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import { appError } from '../../../../shared/result/app-error';
import type { AnnotationId } from '../../../../shared/schema/ids';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { createMemoryStore } from '../../../harness/memory-store';
import { IMAGE_ID, OTHER_IMAGE_ID, openTestEditor } from '../../../harness/test-editor';

const SIZE = { width: 640, height: 480 };
const id = (n: number) => testId(n) as AnnotationId;
const three = () => [
  annotation(1, boxAt(10, 10, 20, 20)),
  annotation(2, boxAt(100, 10, 20, 20)),
  annotation(3, boxAt(200, 10, 20, 20)),
];

describe('saving', () => {
  it('writes each commit as a transaction of its own, in order, and then says saved', async () => {
    const test = await openTestEditor();
    expect(test.editor.session.saveState.kind).toBe('idle');
    test.tool('box').drag([10, 10], [50, 60]).drag([100, 100], [150, 140]);
    expect(test.editor.session.saveState.kind).toBe('saving');
    expect(await test.editor.settled()).toEqual({ ok: true, value: null });
    expect(test.editor.session.saveState.kind).toBe('saved');
    expect(test.store.changes.map((change) => change.code)).toEqual([
      'annotation.create',
      'annotation.create',
    ]);
    expect(test.store.stored(IMAGE_ID)).toMatchObject({ revision: 2, status: { state: 'inProgress' } });
    expect(test.store.stored(IMAGE_ID).annotations.map((one) => one.shape)).toEqual([
      boxAt(10, 10, 40, 50),
      boxAt(100, 100, 50, 40),
    ]);
  });

  it('reads a receipt back in a pause', async () => {
    const test = await openTestEditor();
    test.tool('box').drag([10, 10], [50, 60]);
    await test.editor.settled();
    await expect
      .poll(() => test.editor.session.saveState)
      .toEqual({
        kind: 'saved',
        receipt: { imageId: IMAGE_ID, revision: 1, count: 1, hash: hashOfAnnotations(test.objects()) },
      });
  });

  it('turns read-only with the reason when a save fails, keeps what is drawn, and goes on after a retry', async () => {
    const test = await openTestEditor();
    test.store.failWith(appError('database.quota', 'The disk is full. Free some space.'));
    test.tool('box').drag([10, 10], [50, 60]).drag([100, 100], [150, 140]);
    expect(await test.editor.settled()).toMatchObject({ ok: false, error: { code: 'database.quota' } });
    expect(test.editor.session.saveState).toMatchObject({
      kind: 'failed',
      error: { code: 'database.quota' },
    });
    expect(test.editor.session.readOnlyReason).toContain('The disk is full. Free some space.');
    test.drag([200, 200], [250, 250]);
    expect(test.hint()).toContain('The disk is full');
    expect(test.objects()).toHaveLength(2);
    expect(test.editor.canUndo).toBe(false);

    test.store.failWith(null);
    test.editor.retrySave();
    expect(await test.editor.settled()).toEqual({ ok: true, value: null });
    expect(test.editor.session.readOnlyReason).toBeNull();
    expect(test.store.stored(IMAGE_ID).annotations).toEqual(test.objects());
  });

  it('meets a change from another window as a conflict, and reload shows what is stored', async () => {
    const store = createMemoryStore(countingIds(500_000));
    const here = await openTestEditor({ store });
    const there = await openTestEditor({ store });
    there.tool('box').drag([10, 10], [50, 60]);
    await there.editor.settled();
    here.tool('box').drag([100, 100], [150, 140]);
    expect(await here.editor.settled()).toMatchObject({ ok: false, error: { code: 'record.conflict' } });
    expect(await here.editor.reload()).toEqual({ ok: true, value: null });
    expect(here.shapes()).toEqual([boxAt(10, 10, 40, 50)]);
    expect(here.editor.session.readOnlyReason).toBeNull();
    here.tool('box').drag([100, 100], [150, 140]);
    expect(await here.editor.settled()).toEqual({ ok: true, value: null });
  });

  it('stays on a picture that could not be saved instead of dropping it', async () => {
    const test = await openTestEditor();
    test.store.failWith(appError('database.quota', 'The disk is full.'));
    test.tool('box').drag([10, 10], [50, 60]);
    expect(await test.editor.open(OTHER_IMAGE_ID, SIZE)).toMatchObject({ error: { code: 'database.quota' } });
    expect(await test.editor.close()).toMatchObject({ error: { code: 'database.quota' } });
    expect(test.editor.document?.imageId).toBe(IMAGE_ID);
    expect(test.shapes()).toEqual([boxAt(10, 10, 40, 50)]);
  });

  it('waits for what is still being written before it shows the next picture', async () => {
    const test = await openTestEditor();
    const release = test.store.hold();
    test.tool('box').drag([10, 10], [50, 60]);
    const opening = test.editor.open(OTHER_IMAGE_ID, SIZE);
    await Promise.resolve();
    expect(test.editor.document?.imageId).toBe(IMAGE_ID);
    release();
    expect(await opening).toEqual({ ok: true, value: null });
    expect(test.editor.document?.imageId).toBe(OTHER_IMAGE_ID);
    expect(test.store.stored(IMAGE_ID).annotations).toHaveLength(1);
  });

  it('lets the last of several pictures asked for win', async () => {
    const test = await openTestEditor();
    const first = test.editor.open(OTHER_IMAGE_ID, SIZE);
    const second = test.editor.open(IMAGE_ID, SIZE);
    expect(await first).toMatchObject({ ok: false, error: { code: 'job.cancelled' } });
    expect(await second).toEqual({ ok: true, value: null });
    expect(test.editor.document?.imageId).toBe(IMAGE_ID);
  });
});

describe('undo and redo', () => {
  it('take back and do again, naming the change in the journal', async () => {
    const test = await openTestEditor();
    test.tool('box').drag([10, 10], [50, 60]);
    expect(test.editor.undoLabel).toBe('Draw Car');
    test.editor.undo();
    expect(test.objects()).toEqual([]);
    expect(test.editor.redoLabel).toBe('Draw Car');
    test.editor.redo();
    expect(test.shapes()).toEqual([boxAt(10, 10, 40, 50)]);
    await test.editor.settled();
    const [drawn, undone, redone] = test.store.changes;
    expect([drawn?.origin, undone?.origin, redone?.origin]).toEqual(['person', 'undo', 'redo']);
    expect(undone?.targetId).toBe(drawn?.id);
    expect(redone?.targetId).toBe(drawn?.id);
  });

  it('survive a restart', async () => {
    const test = await openTestEditor({ annotations: three() });
    test.select(2).editor.perform(deleteAnnotations, { ids: [id(2)] });
    test.tool('box').drag([10, 100], [50, 160]);
    test.editor.undo();
    await test.editor.settled();

    const later = await openTestEditor({ store: test.store });
    expect(later.editor.undoLabel).toBe('Delete Car');
    expect(later.editor.redoLabel).toBe('Draw Car');
    later.editor.undo();
    expect(later.objects().map((one) => one.id)).toEqual([id(1), id(2), id(3)]);
    expect(later.editor.canUndo).toBe(false);
    later.editor.redo();
    later.editor.redo();
    expect(later.shapes().at(-1)).toEqual(boxAt(10, 100, 40, 60));
    expect(await later.editor.settled()).toEqual({ ok: true, value: null });
  });

  it('reach only the open picture', async () => {
    const test = await openTestEditor();
    test.tool('box').drag([10, 10], [50, 60]);
    await test.editor.open(OTHER_IMAGE_ID, SIZE);
    expect(test.editor.canUndo).toBe(false);
    test.editor.undo();
    expect(test.store.stored(IMAGE_ID).annotations).toHaveLength(1);
  });

  it('refuse, with the reason, when the objects were changed from elsewhere', async () => {
    const test = await openTestEditor();
    test.tool('box').drag([10, 10], [50, 60]);
    await test.editor.settled();
    test.store.seed(IMAGE_ID, [{ ...annotation(0, boxAt(0, 0, 9, 9)), id: test.objects()[0]?.id ?? id(0) }]);
    const later = await openTestEditor({ store: test.store });
    later.editor.undo();
    expect(later.shapes()).toEqual([boxAt(0, 0, 9, 9)]);
    expect(later.hint()).toContain('“Draw Car” cannot be undone');
  });

  it('drop what could be done again once something new is done', async () => {
    const test = await openTestEditor();
    test.tool('box').drag([10, 10], [50, 60]);
    test.editor.undo();
    test.drag([100, 100], [150, 150]);
    expect(test.editor.canRedo).toBe(false);
  });
});

describe('what is shown', () => {
  it('tells listeners once for an event, and not at all when nothing changed', async () => {
    const test = await openTestEditor({ annotations: three() });
    let calls = 0;
    test.editor.subscribe(() => {
      calls += 1;
    });
    test.move(15, 15);
    expect(calls).toBe(1);
    test.move(15, 15);
    expect(calls).toBe(1);
  });

  it('drops removed objects from selection and hover', async () => {
    const test = await openTestEditor({ annotations: three() });
    test.select(1, 2).move(15, 15);
    test.editor.perform(deleteAnnotations, { ids: [id(1)] });
    expect([...test.editor.session.selection]).toEqual([id(2)]);
    expect(test.editor.session.hovered).toBeNull();
  });

  it('hands each change to listeners together with the document after it', async () => {
    const test = await openTestEditor({ annotations: three() });
    const seen: [string, number][] = [];
    const stop = test.editor.onChange((change, document) =>
      seen.push([change.code, document.annotations.size]),
    );
    test.editor.perform(deleteAnnotations, { ids: [id(1)] });
    test.editor.undo();
    stop();
    test.editor.redo();
    expect(seen).toEqual([
      ['annotation.delete', 2],
      ['annotation.delete', 3],
    ]);
  });

  it('confirms a picture empty with name and time, and takes the word back when something is drawn', async () => {
    const test = await openTestEditor();
    test.editor.perform(setImageStatus, { decision: 'confirmedEmpty' });
    expect(test.editor.document?.status).toEqual({
      state: 'confirmedEmpty',
      decidedBy: 'tester',
      decidedAt: '2026-01-02T00:00:00.000Z',
    });
    test.tool('box').drag([10, 10], [50, 60]);
    expect(test.editor.document?.status.state).toBe('inProgress');
    test.editor.perform(setImageStatus, { decision: 'confirmedEmpty' });
    expect(test.hint()).toContain('This picture has 1 annotation');
    test.editor.undo();
    expect(test.editor.document?.status.state).toBe('confirmedEmpty');
  });
});

describe('the camera', () => {
  it('keeps the whole picture in view while the window changes, until the person moves it', async () => {
    const test = await openTestEditor();
    test.editor.zoomToFit();
    test.editor.setView({ width: 400, height: 600 });
    // 640 px wide into 400 - 2 * 24
    expect(test.editor.session.camera.scale).toBeCloseTo(352 / 640, 10);
    const camera = { scale: 2, offsetX: 5, offsetY: 6 };
    test.editor.setCamera(camera);
    test.editor.setView({ width: 900, height: 600 });
    expect(test.editor.session.camera).toEqual(camera);
  });
});

it('keeps the pointer on its place of the glass while the picture moves on under it', async () => {
  const test = await openTestEditor();
  test.move(100, 80);
  // The pointer is at 150, 130 on the glass; at twice the size 75, 65 px from the corner of the picture lie there.
  test.editor.setCamera({ scale: 2, offsetX: 0, offsetY: 0 });
  expect(test.editor.session.pointer).toEqual({ x: 75, y: 65 });
});

it('says what a change did', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(1, 1, 9, 9))] });
  test.select(1);
  test.editor.perform(deleteAnnotations, { ids: [...test.editor.session.selection] });
  expect(test.editor.session.announcement).toBe('Delete Car');
});
