import { expect, it } from 'vitest';
import { applyProposal } from '../../../../shared/actions/apply-proposal';
import type { EditContext } from '../../../../shared/actions/edit/action';
import { applyChange, invertChange } from '../../../../shared/document/change-set';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../../shared/schema/ids';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const id = (n: number) => testId(n) as AnnotationId;
const context: EditContext = {
  actor: 'Ben',
  at: '2026-03-03T00:00:00.000Z',
  newId: countingIds(1_000),
  schema: STREET_SCHEMA,
};
const car = annotation(1, boxAt(10, 10, 50, 40));
const van = annotation(2, boxAt(100, 10, 50, 40));
const bus = annotation(3, boxAt(200, 10, 50, 40));
const base = [car, van, bus];

function picture(...annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(900) as ImageId,
    size: { width: 640, height: 480 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: { ...UNLABELLED_STATUS, state: 'inProgress' },
  };
}

const moved = { ...car, shape: boxAt(12, 12, 50, 40), revision: 4 };
const added = annotation(4, boxAt(300, 10, 20, 20), { createdBy: 'Ada', labelId: PERSON.id });
const proposed = [moved, van, added];

it('takes over what was changed, added and taken away, and nothing else', () => {
  const noted = { ...van, note: 'a delivery van', revision: 1 };
  const change = applyProposal.run(picture(car, noted, bus), { base, proposed }, context);
  if (!change.ok) throw new Error(change.error.message);
  const after = applyChange(picture(car, noted, bus), change.value);
  expect([...after.annotations.keys()]).toEqual([id(1), id(2), id(4)]);
  expect(after.annotations.get(id(1))).toMatchObject({ shape: boxAt(12, 12, 50, 40), revision: 1 });
  // What the labeller said of the van meanwhile stays, though the proposal has the van without it.
  expect(after.annotations.get(id(2))?.note).toBe('a delivery van');
  expect(after.annotations.get(id(4))).toMatchObject({ createdBy: 'Ada', labelId: PERSON.id });
  const back = applyChange(after, invertChange(change.value, 'undo'));
  expect([...back.annotations.values()]).toEqual([car, noted, bus]);
});

it('refuses by name what both changed, and does nothing then', () => {
  const here = { ...car, labelId: PERSON.id, revision: 1 };
  const change = applyProposal.run(picture(here, van, bus), { base, proposed }, context);
  expect(change).toMatchObject({ ok: false, error: { code: 'record.conflict', details: { ids: id(1) } } });
  expect(!change.ok && change.error.message).toMatch(/^Person changed here since this was proposed/i);
});

it('holds an object that is gone here, and one that was drawn under the same id, for conflicts', () => {
  const gone = applyProposal.run(picture(van, bus), { base, proposed: [moved, van, bus] }, context);
  expect(gone.ok ? null : gone.error.code).toBe('record.conflict');
  const twice = applyProposal.run(picture(...base, car), { base: [], proposed: [moved] }, context);
  expect(twice.ok ? null : twice.error.code).toBe('record.conflict');
});

it('passes over what is here already, and says when that is all', () => {
  const done = applyProposal.run(picture(moved, van, added), { base, proposed }, context);
  expect(done.ok ? null : done.error.code).toBe('usage.bad-arguments');
});

it('takes over single differences', () => {
  const change = applyProposal.run(picture(...base), { base, proposed, only: [id(4)] }, context);
  if (!change.ok) throw new Error(change.error.message);
  expect(change.value.added.map((one) => one.id)).toEqual([id(4)]);
  expect(change.value.updated).toEqual([]);
  expect(change.value.removed).toEqual([]);
});

it('leaves a locked object as it is and says so', () => {
  const lockedBus = { ...bus, isLocked: true };
  const change = applyProposal.run(
    picture(car, van, lockedBus),
    { base: [car, van, lockedBus], proposed: [car, van] },
    context,
  );
  expect(change.ok ? null : change.error.code).toBe('edit.locked');
});
