import { expect, it } from 'vitest';
import { createEditor } from '../../../../renderer/editor/create-editor';
import { deleteAnnotations } from '../../../../shared/actions/delete-annotations';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { STREET_SCHEMA } from '../../../harness/label-schema';
import type { MemoryStore } from '../../../harness/memory-store';
import { IMAGE_ID, openTestEditor } from '../../../harness/test-editor';

const SIZE = { width: 640, height: 480 };

/** An editor on a picture whose journal is not read before `release` is called. */
async function openWithSlowJournal(store: MemoryStore) {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const editor = createEditor({
    annotations: store.annotations,
    journal: { stacks: (scope) => held.then(() => store.journal.stacks(scope)) },
    actor: () => 'tester',
    newId: countingIds(2_000),
    now: () => '2026-01-03T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  expect(await editor.open(IMAGE_ID, SIZE)).toMatchObject({ ok: true });
  return { editor, release };
}

async function storeWithTwoDrawn(): Promise<MemoryStore> {
  const test = await openTestEditor();
  test.tool('box').drag([10, 10], [50, 60]).drag([100, 100], [150, 140]);
  await test.editor.settled();
  return test.store;
}

it('a picture is there before its journal is read, and undo asked for meanwhile follows when it is', async () => {
  const { editor, release } = await openWithSlowJournal(await storeWithTwoDrawn());
  expect(editor.document?.annotations.size).toBe(2);
  expect(editor.canUndo).toBe(true);
  editor.undo();
  editor.undo();
  expect(editor.document?.annotations.size).toBe(2);
  release();
  await expect.poll(() => editor.document?.annotations.size).toBe(0);
  expect(editor.canUndo).toBe(false);
  expect(editor.redoLabel).toBe('Draw Car');
});

it('what was done and saved before the journal was read is there once, above what was done earlier', async () => {
  const store = await storeWithTwoDrawn();
  const { editor, release } = await openWithSlowJournal(store);
  const [first] = [...(editor.document?.annotations.keys() ?? [])];
  editor.perform(deleteAnnotations, { ids: first === undefined ? [] : [first] });
  await editor.settled();
  release();
  await expect.poll(() => store.journal.stacks(`image:${IMAGE_ID}`).then(({ undo }) => undo.length)).toBe(3);
  for (const size of [2, 1, 0]) {
    editor.undo();
    expect(editor.document?.annotations.size).toBe(size);
  }
  expect(editor.canUndo).toBe(false);
});

it('a new edit made meanwhile leaves nothing to be done again', async () => {
  const before = await openTestEditor();
  before.tool('box').drag([10, 10], [50, 60]);
  before.editor.undo();
  await before.editor.settled();
  const { editor, release } = await openWithSlowJournal(before.store);
  const change = editor.tryAction(
    {
      code: 'annotation.create',
      run: (document) => ({
        ok: true,
        value: {
          origin: 'person',
          code: 'annotation.create',
          label: 'Draw Car',
          added: [annotation(1, boxAt(1, 1, 9, 9))],
          updated: [],
          removed: [],
          order: null,
          status: [document.status, { state: 'inProgress', decidedBy: null, decidedAt: null }],
        },
      }),
    },
    null,
  );
  if (!change.ok) throw new Error(change.error.message);
  editor.commit(change.value);
  release();
  await expect.poll(() => editor.canRedo).toBe(false);
  editor.undo();
  expect(editor.document?.annotations.size).toBe(0);
  expect(editor.canUndo).toBe(false);
});

it('a line that is damaged stops undo there with a reason, and the picture stays as it is', async () => {
  const store = await storeWithTwoDrawn();
  const damaged = {
    id: testId(77) as never,
    label: 'Draw Car',
    get change(): never {
      throw new Error('line 7 is damaged');
    },
  };
  const editor = createEditor({
    annotations: store.annotations,
    journal: { stacks: () => Promise.resolve({ undo: [damaged], redo: [] }) },
    actor: () => 'tester',
    newId: countingIds(2_000),
    now: () => '2026-01-03T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  await editor.open(IMAGE_ID, SIZE);
  await expect.poll(() => editor.undoLabel).toBe('Draw Car');
  editor.undo();
  expect(editor.document?.annotations.size).toBe(2);
  expect(editor.session.preview?.hint).toContain('damaged');
  expect(editor.undoLabel).toBe('Draw Car');
});

it('a journal that cannot be read says so and does not keep the picture away', async () => {
  const store = await storeWithTwoDrawn();
  const editor = createEditor({
    annotations: store.annotations,
    journal: { stacks: () => Promise.reject(new Error('broken')) },
    actor: () => 'tester',
    newId: countingIds(2_000),
    now: () => '2026-01-03T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  expect(await editor.open(IMAGE_ID, SIZE)).toMatchObject({ ok: true });
  await expect.poll(() => editor.canUndo).toBe(false);
  expect(editor.session.preview?.hint).toContain('cannot be undone');
});
