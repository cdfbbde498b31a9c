import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  annotation,
  CAR,
  changeOf,
  edit,
  failureOf,
  openAnotherWindow,
  openFixture,
  openRawDatabase,
  projectWithImages,
  SIGN,
  unwrap,
} from './persistence-fixture';

it('gives an empty, unlabelled set for an image that was never edited', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const set = unwrap(await persistence.annotations.load(images[0]?.id as never));
  expect(set).toMatchObject({ revision: 0, annotations: [], status: { state: 'unlabelled' } });
});

it('stores a commit so that another window reads the same annotations', async () => {
  const { persistence, bridge } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const first = annotation();
  const second = annotation({ labelId: SIGN });
  expect(unwrap(await edit(persistence, image, { added: [first] })).revision).toBe(1);
  expect(unwrap(await edit(persistence, image, { added: [second] })).revision).toBe(2);

  const other = await openAnotherWindow(bridge);
  const set = unwrap(await other.annotations.load(image.id));
  expect(set.annotations).toEqual([first, second]);
  expect(set.status.state).toBe('inProgress');
  const row = unwrap(await other.images.get(image.id));
  expect(row).toMatchObject({ state: 'inProgress', annotationCount: 2, labelIds: [CAR, SIGN] });
  const project = unwrap(await other.projects.get(image.projectId));
  expect(project.counts).toEqual({
    images: 2,
    unlabelled: 1,
    inProgress: 1,
    labelled: 0,
    confirmedEmpty: 0,
    annotations: 2,
    byLabel: { [CAR]: 1, [SIGN]: 1 },
  });
});

it('keeps 500 annotations over several pages through edits at both ends, in the middle and of the order', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  let expected = Array.from({ length: 500 }, (_, index) =>
    annotation({ shape: { type: 'box', x: index, y: 1, width: 5, height: 5 } }),
  );
  unwrap(await edit(persistence, image, { added: expected }));
  const stored = async () => unwrap(await persistence.annotations.load(image.id)).annotations;
  expect(await stored()).toEqual(expected);

  for (const index of [0, 63, 64, 250, 400]) {
    const before = expected[index];
    if (before === undefined) throw new Error('no annotation');
    unwrap(await edit(persistence, image, { removed: [before] }));
    expected = expected.filter((one) => one !== before);
    expect(await stored()).toEqual(expected);
  }
  const moved = expected[300];
  if (moved === undefined) throw new Error('no annotation');
  const after = { ...moved, revision: 1, labelId: SIGN };
  unwrap(await edit(persistence, image, { updated: [[moved, after]] }));
  expected = expected.map((one) => (one === moved ? after : one));
  expect(await stored()).toEqual(expected);

  const reversed = [...expected].reverse();
  unwrap(
    await edit(persistence, image, { order: [expected.map(({ id }) => id), reversed.map(({ id }) => id)] }),
  );
  expect(await stored()).toEqual(reversed);
  unwrap(await edit(persistence, image, { removed: reversed.slice(10) }));
  expect(await stored()).toEqual(reversed.slice(0, 10));
  expect(unwrap(await persistence.annotations.receipt(image.id)).count).toBe(10);
});

it('reads a receipt back from what is stored', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const one = annotation({ id: 'aaaaaaaa-0000-4000-8000-000000000001' as never });
  unwrap(await edit(persistence, image, { added: [one] }));
  // Written down by hand: keys in code-unit order, then SHA-256 of the line's SHA-256.
  const line =
    `{"attributes":{},"createdAt":"2026-01-01T00:00:00.000Z","createdBy":"Test person",` +
    `"id":"aaaaaaaa-0000-4000-8000-000000000001","isCrowd":false,"isHidden":false,"isLocked":false,"isOccluded":false,` +
    `"isTruncated":false,"labelId":"${CAR}","origin":"person","revision":0,` +
    `"shape":{"height":40,"type":"box","width":30,"x":10,"y":20},"updatedAt":"2026-01-01T00:00:00.000Z"}`;
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(unwrap(await persistence.annotations.receipt(image.id))).toEqual({
    imageId: image.id,
    revision: 1,
    count: 1,
    hash: sha256(sha256(line)),
  });
});

it('refuses a commit on a revision that another window has passed, and keeps that window’s edit', async () => {
  const { persistence, bridge } = await openFixture();
  const other = await openAnotherWindow(bridge);
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const theirs = annotation();
  const mine = annotation();
  unwrap(await edit(other, image, { added: [theirs] }));
  const refused = await persistence.annotations.commit({
    imageId: image.id,
    projectId: image.projectId,
    expectedRevision: 0,
    change: changeOf({ added: [mine] }),
    after: {
      imageId: image.id,
      projectId: image.projectId,
      annotations: [mine],
      status: { state: 'inProgress', decidedBy: null, decidedAt: null },
    },
    targetId: null,
    hasFinding: false,
  });
  expect(failureOf(refused)).toMatchObject({ code: 'record.conflict' });
  expect(unwrap(await persistence.annotations.load(image.id)).annotations).toEqual([theirs]);
  expect(unwrap(await persistence.projects.get(image.projectId)).counts.annotations).toBe(1);
});

it('refuses an annotation that could not be read back', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const inverted = annotation({ shape: { type: 'box', x: 1, y: 1, width: -5, height: 5 } });
  expect(failureOf(await edit(persistence, image, { added: [inverted] })).code).toBe('edit.invalid-shape');
  expect(unwrap(await persistence.annotations.load(image.id)).revision).toBe(0);
});

it('reports a damaged record, leaves it as it is and rebuilds it from the journal', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const all = Array.from({ length: 100 }, () => annotation());
  unwrap(await edit(persistence, image, { added: all }));
  unwrap(await edit(persistence, image, { removed: all.slice(0, 3) }));

  const db = await openRawDatabase();
  const set = await db.annotationSets.get(image.id);
  if (set === undefined) throw new Error('no record');
  const damage = { ...set, text: set.text.replace('{', '{{') };
  await db.annotationSets.put(damage);

  expect(failureOf(await persistence.annotations.load(image.id)).code).toBe('record.damaged');
  expect(await db.annotationSets.get(image.id)).toEqual(damage);

  const rebuilt = unwrap(await persistence.annotations.rebuildFromJournal(image.id));
  expect(rebuilt.annotations).toEqual(all.slice(3));
  expect(unwrap(await persistence.annotations.load(image.id)).annotations).toEqual(all.slice(3));
  unwrap(await persistence.journal.verifyChain(image.projectId));
  expect(unwrap(await persistence.projects.get(image.projectId)).counts.annotations).toBe(97);
  db.close();
});

it('notices a page that is missing', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  unwrap(await edit(persistence, image, { added: Array.from({ length: 100 }, () => annotation()) }));
  const db = await openRawDatabase();
  await db.annotationPages.delete([image.id, 1]);
  expect(failureOf(await persistence.annotations.load(image.id)).code).toBe('record.damaged');
  expect(failureOf(await persistence.annotations.receipt(image.id)).code).toBe('record.damaged');
  db.close();
});
