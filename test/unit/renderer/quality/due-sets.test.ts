import { expect, test } from 'vitest';
import type { ImageList } from '../../../../renderer/persistence/ports';
import { type DueSetsInput, dueSets } from '../../../../renderer/quality/answers/due-sets';
import { listWithAnswers } from '../../../../renderer/quality/answers/list-with-answers';
import type { ImageId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';

const ids = Array.from({ length: 400 }, (_, index) => `image ${index}` as ImageId);
const labeller: DueSetsInput = {
  session: { personId: null, name: 'Ben', role: 'labeller' },
  key: 'ben',
  own: [],
  truthImages: ids.slice(0, 200).map((imageId) => ({ imageId, labelledBy: null })),
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
    nextWithState: async () => -1,
  };
}

test('honeypots stand among the pictures of a queue, every picture once, whatever window is read', async () => {
  const queue = ids.slice(200, 240).map((id) => record(id, 'unlabelled'));
  const due = dueSets(labeller);
  const image = async (id: ImageId) => record(id, 'labelled');
  const list = await listWithAnswers(
    listOf(queue),
    { review: { labeller: 'ben' } },
    due,
    image,
    async (one) => ({ ...one, state: 'unlabelled' }),
    { key: 'ben', honeypotShare: 0.2 },
  );
  expect(list.total).toBe(50);
  const whole = await list.window(0, 50);
  expect(new Set(whole.map(({ id }) => id)).size).toBe(50);
  expect(whole.every(({ state }) => state === 'unlabelled')).toBe(true);
  expect(whole.filter(({ id }) => due.has(id))).toHaveLength(10);
  const pieces = [await list.window(0, 13), await list.window(13, 14), await list.window(14, 50)].flat();
  expect(pieces.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  for (const [index, { id }] of whole.entries()) expect(await list.indexOf(id)).toBe(index);
  expect(await list.nextWithState(3, 'unlabelled')).toBe(4);
  expect(await list.nextWithState(3, 'labelled')).toBe(-1);
});

test('a filter asks an honeypot for what is seen: it is not among the labelled ones though its image is', async () => {
  const due = new Map([
    [ids[0] as ImageId, { purpose: 'honeypot', layerId: null, isSubmitted: false }],
  ] as const);
  const images = ids.slice(0, 5).map((id) => record(id, 'labelled'));
  const shown = async (one: ImageRecord) => ({ ...one, state: 'unlabelled' as const });
  const list = await listWithAnswers(
    listOf(images),
    { states: ['labelled'] },
    due,
    async (id) => record(id, 'labelled'),
    shown,
    { key: 'ben', honeypotShare: 0.5 },
  );
  expect((await list.window(0, 10)).map(({ id }) => id)).toEqual(ids.slice(1, 5));
});
