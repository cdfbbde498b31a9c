import { expect, it } from 'vitest';
import { createEditor } from '../../../../renderer/editor/create-editor';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { createAnnotation } from '../../../../shared/actions/create-annotation';
import { deleteAnnotations } from '../../../../shared/actions/delete-annotations';
import { moveAnnotations } from '../../../../shared/actions/move-annotations';
import { boxAt } from '../../../harness/annotations';
import {
  CAR,
  openAnotherWindow,
  openFixture,
  projectWithImages,
  ROAD_SCHEMA,
  unwrap,
} from '../persistence/persistence-fixture';

const SIZE = { width: 1280, height: 720 };

function editorOver(persistence: Persistence) {
  return createEditor({
    annotations: persistence.annotations,
    journal: persistence.journal,
    actor: () => persistence.actor(),
    newId: () => crypto.randomUUID(),
    now: () => new Date().toISOString(),
    schema: ROAD_SCHEMA,
  });
}

it('what was drawn, taken back and deleted is there after a restart, undo and redo included, and the chain holds', async () => {
  const { bridge, persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const imageId = images[0]?.id;
  if (imageId === undefined) throw new Error('The fixture has no image.');
  const editor = editorOver(persistence);
  unwrap(await editor.open(imageId, SIZE));
  for (const x of [10, 100, 200]) {
    editor.perform(createAnnotation, { labelId: CAR, shape: boxAt(x, 10, 50, 50) });
  }
  const [first, second] = [...(editor.document?.annotations.keys() ?? [])];
  if (first === undefined || second === undefined) throw new Error('Nothing was drawn.');
  editor.perform(deleteAnnotations, { ids: [first] });
  editor.perform(moveAnnotations, { ids: [second], dx: 5, dy: 0 });
  editor.undo();
  unwrap(await editor.settled());
  await expect
    .poll(() => editor.session.saveState)
    .toMatchObject({ kind: 'saved', receipt: { revision: 6, count: 2 } });
  unwrap(await editor.close());

  const later = editorOver(await openAnotherWindow(bridge));
  unwrap(await later.open(imageId, SIZE));
  const xs = () =>
    [...(later.document?.annotations.values() ?? [])].map((one) =>
      one.shape.type === 'box' ? one.shape.x : null,
    );
  expect(xs()).toEqual([100, 200]);
  // The picture does not wait for its history.
  await expect.poll(() => later.undoLabel).not.toBeNull();
  expect([later.undoLabel, later.redoLabel]).toEqual(['Delete Car', 'Move Car']);
  later.redo();
  expect(xs()).toEqual([105, 200]);
  later.undo();
  later.undo();
  expect(xs()).toEqual([10, 100, 200]);
  unwrap(await later.settled());
  expect(unwrap(await persistence.annotations.load(imageId)).annotations).toHaveLength(3);
  expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBeGreaterThanOrEqual(9);
});

it('two windows on one picture: the later save is refused, and reload goes on from what is stored', async () => {
  const { bridge, persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const imageId = images[0]?.id;
  if (imageId === undefined) throw new Error('The fixture has no image.');
  const here = editorOver(persistence);
  const there = editorOver(await openAnotherWindow(bridge));
  unwrap(await here.open(imageId, SIZE));
  unwrap(await there.open(imageId, SIZE));
  there.perform(createAnnotation, { labelId: CAR, shape: boxAt(10, 10, 50, 50) });
  unwrap(await there.settled());
  here.perform(createAnnotation, { labelId: CAR, shape: boxAt(300, 10, 50, 50) });
  expect(await here.settled()).toMatchObject({ ok: false, error: { code: 'record.conflict' } });
  expect(here.session.readOnlyReason).not.toBeNull();
  unwrap(await here.reload());
  expect([...(here.document?.annotations.values() ?? [])].map((one) => one.shape)).toEqual([
    boxAt(10, 10, 50, 50),
  ]);
});
