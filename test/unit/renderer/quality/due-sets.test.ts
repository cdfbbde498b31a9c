import { expect, test } from 'vitest';
import type { ImageList } from '../../../../renderer/persistence/ports';
import { type DueSet, type DueSetsInput, dueSets } from '../../../../renderer/quality/answers/due-sets';
import { type AnswersOfList, listWithAnswers } from '../../../../renderer/quality/answers/list-with-answers';
import type { ImageId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';

const ids = Array.from({ length: 400 }, (_, index) => `image ${index}` as ImageId);
const truthOf = (imageId: ImageId) => ({ imageId, labelledBy: null });
const labeller: DueSetsInput = {
  session: { personId: null, name: 'Ben', role: 'labeller' },
  key: 'ben',
  own: [],
  truthImages: ids.slice(0, 200).map(truthOf),
  images: 400,
  honeypotShare: 0.2,
};

test('a fifth of a labeller’s pictures are honeypots, always the same ones, other ones for others', () => {
  const due = dueSets(labeller);
  // 200 other images: 50 more make 250, of which they are a fifth; which ones is left to chance.
  expect(due.size).toBeGreaterThan(30);
  expect(due.size).toBeLessThan(70);
  expect([...dueSets(labeller).keys()]).toEqual([...due.keys()]);
  expect([...dueSets({ ...labeller, key: 'ada' }).keys()]).not.toEqual([...due.keys()]);
});

test('nobody is asked for what they labelled themselves, and reviewers are asked for nothing', () => {
  const own = labeller.truthImages.map(({ imageId }) => ({ imageId, labelledBy: 'ben' }));
  expect(dueSets({ ...labeller, truthImages: own }).size).toBe(0);
  expect(dueSets({ ...labeller, session: { ...labeller.session, role: 'reviewer' } }).size).toBe(0);
  expect(dueSets({ ...labeller, honeypotShare: 0 }).size).toBe(0);
});

test('a replica is worked on by its owner; a lead sees the image again once it is handed in', () => {
  const layer = {
    id: 'layer' as ImageId,
    imageId: ids[7] as ImageId,
    purpose: 'consensus' as const,
    submittedAt: '2026-01-01T00:00:00.000Z',
  } as DueSetsInput['own'][number];
  expect(dueSets({ ...labeller, honeypotShare: 0, own: [layer] }).get(layer.imageId)?.layerId).toBe('layer');
  const lead = { ...labeller, honeypotShare: 0, session: { ...labeller.session, role: 'lead' as const } };
  expect(dueSets({ ...lead, own: [layer] }).size).toBe(0);
  expect(dueSets({ ...lead, own: [{ ...layer, submittedAt: null }] }).size).toBe(1);
});

const record = (id: ImageId, state: ImageRecord['state']) =>
  ({ id, state, searchName: id, labelIds: [], annotationCount: 0 }) as unknown as ImageRecord;

function listOf(records: readonly ImageRecord[]): ImageList {
  return {
    total: records.length,
    window: async (from, to) => records.slice(from, to),
    indexOf: async (id) => records.findIndex((one) => one.id === id),
    placeOf: async (id) => records.filter((one) => ids.indexOf(one.id) < ids.indexOf(id)).length,
    nextWithState: async () => -1,
  };
}

/** The lists that a project of these pictures gives. */
function answersOf(
  due: ReadonlyMap<ImageId, DueSet>,
  queue: readonly ImageRecord[],
  honeypotShare: number,
): AnswersOfList {
  return {
    due: () => due,
    image: async (id) => record(id, 'labelled'),
    shownAs: async (one, { isSubmitted }) => ({ ...one, state: isSubmitted ? 'labelled' : 'unlabelled' }),
    whole: async () => listOf(ids.map((id) => record(id, 'unlabelled'))),
    queue: async () => listOf(queue),
    key: 'ben',
    honeypotShare,
  };
}

const inOrder = (records: readonly ImageRecord[]) => records.map(({ id }) => ids.indexOf(id));

test('honeypots stand among the pictures of a queue, every picture once, whatever window is read', async () => {
  const queue = ids.filter((_, index) => index % 10 === 9).map((id) => record(id, 'unlabelled'));
  const due = dueSets({ ...labeller, truthImages: ids.filter((_, index) => index % 2 === 0).map(truthOf) });
  const answers = answersOf(due, queue, 0.2);
  const list = await listWithAnswers(listOf(queue), { review: { labeller: 'ben' } }, answers);
  expect(list.total).toBe(50);
  const whole = await list.window(0, 50);
  expect(new Set(whole.map(({ id }) => id)).size).toBe(50);
  expect(whole.every(({ state }) => state === 'unlabelled')).toBe(true);
  expect(whole.filter(({ id }) => due.has(id))).toHaveLength(10);
  // A name out of order would tell which they are, and so would one from before or after all others.
  expect(inOrder(whole)).toEqual([...inOrder(whole)].sort((a, b) => a - b));
  expect(due.has((whole[0] as ImageRecord).id) || due.has((whole[49] as ImageRecord).id)).toBe(false);
  const pieces = [await list.window(0, 13), await list.window(13, 14), await list.window(14, 50)].flat();
  expect(pieces.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  for (const [index, { id }] of whole.entries()) expect(await list.indexOf(id)).toBe(index);
  expect(await list.nextWithState(3, 'unlabelled')).toBe(4);
  expect(await list.nextWithState(3, 'labelled')).toBe(-1);
});

test('a queue holds the same honeypots whatever else is asked of it', async () => {
  const queue = ids.slice(200, 240).map((id, index) => record(id, index < 30 ? 'labelled' : 'unlabelled'));
  const answers = answersOf(dueSets(labeller), queue, 0.2);
  const review = { labeller: 'ben' };
  const all = await listWithAnswers(listOf(queue), { review }, answers);
  const open = await listWithAnswers(listOf(queue.slice(30)), { review, states: ['unlabelled'] }, answers);
  const honeypots = (records: readonly ImageRecord[]) => inOrder(records).filter((place) => place < 200);
  // None was labelled: what looks unlabelled in the queue is among the unlabelled of the queue.
  expect(honeypots(await open.window(0, open.total))).toEqual(honeypots(await all.window(0, all.total)));
  expect(open.total).toBe(20);
});

test('every honeypot that looks unlabelled is among the unlabelled, however few others are left', async () => {
  const due = dueSets(labeller);
  const left = ids.slice(398).map((id) => record(id, 'unlabelled'));
  const list = await listWithAnswers(listOf(left), { states: ['unlabelled'] }, answersOf(due, [], 0.2));
  expect(list.total).toBe(2 + due.size);
  const places = inOrder(await list.window(0, list.total));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('a filter asks an honeypot for what is seen: it is not among the labelled ones though its image is', async () => {
  const due = new Map([
    [ids[0] as ImageId, { purpose: 'honeypot', layerId: null, isSubmitted: false }],
  ] as const);
  const images = ids.slice(0, 5).map((id) => record(id, 'labelled'));
  const answers = answersOf(due, [], 0.5);
  const list = await listWithAnswers(listOf(images), { states: ['labelled'] }, answers);
  expect((await list.window(0, 10)).map(({ id }) => id)).toEqual(ids.slice(1, 5));
});
