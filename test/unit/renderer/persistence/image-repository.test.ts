import { expect, it } from 'vitest';
import type { ImageFilter, Persistence } from '../../../../renderer/persistence/ports';
import type { LabelId, ProjectId, SourceId } from '../../../../shared/schema/ids';
import {
  annotation,
  CAR,
  edit,
  openFixture,
  projectWithImages,
  ROAD_SCHEMA,
  SIGN,
  SOURCE,
  scanned,
  unwrap,
} from './persistence-fixture';

const OTHER_SOURCE = '44444444-4444-4444-8444-444444444444' as SourceId;

async function keysOf(persistence: Persistence, projectId: ProjectId, filter: ImageFilter) {
  const list = unwrap(await persistence.images.list(projectId, filter));
  return (await list.window(0, list.total)).map(({ key }) => key);
}

const scan = (
  persistence: Persistence,
  projectId: ProjectId,
  images: readonly ReturnType<typeof scanned>[],
  sourceId: SourceId = SOURCE,
) => persistence.images.addScanned(projectId, sourceId, { images, problems: [], cursor: null, isLast: true });

it('adds each file once, however often the folder is scanned', async () => {
  const { persistence } = await openFixture();
  const { project } = await projectWithImages(persistence, ['a.jpg', 'b/c.jpg']);
  const again = await scan(persistence, project.id, [scanned('a.jpg'), scanned('b/c.jpg'), scanned('d.jpg')]);
  expect(unwrap(again)).toEqual({ added: 1, known: 2, moved: 0, duplicates: 0 });
  const list = unwrap(await persistence.images.list(project.id, {}));
  const images = await list.window(0, 10);
  expect(images.map(({ key, ordinal, searchName }) => [key, ordinal, searchName])).toEqual([
    ['a.jpg', 0, 'a.jpg'],
    ['b/c.jpg', 1, 'c.jpg'],
    ['d.jpg', 2, 'd.jpg'],
  ]);
  expect(unwrap(await persistence.projects.get(project.id)).counts).toMatchObject({
    images: 3,
    unlabelled: 3,
  });
});

it('goes on where a cut-off import was stored', async () => {
  const { persistence, bridge: _ } = await openFixture();
  const { project } = await projectWithImages(persistence, []);
  const batch = { images: [scanned('a.jpg')], problems: [], cursor: 'a.jpg', isLast: false };
  unwrap(await persistence.images.addScanned(project.id, SOURCE, batch));
  expect(await persistence.images.unfinishedScans(project.id)).toEqual([
    { sourceId: SOURCE, cursor: 'a.jpg' },
  ]);
  unwrap(await scan(persistence, project.id, [scanned('b.jpg')]));
  expect(await persistence.images.unfinishedScans(project.id)).toEqual([]);
  expect(await keysOf(persistence, project.id, {})).toEqual(['a.jpg', 'b.jpg']);
});

it('keeps problems, one a file', async () => {
  const { persistence } = await openFixture();
  const { project } = await projectWithImages(persistence, []);
  const problem = { key: 'x.jpg', code: 'image.empty', reason: 'The file is empty.' };
  const batch = { images: [], problems: [problem], cursor: null, isLast: true };
  unwrap(await persistence.images.addScanned(project.id, SOURCE, batch));
  await persistence.images.addProblem(project.id, SOURCE, { ...problem, reason: 'Still empty.' });
  expect(await persistence.images.problems(project.id)).toEqual([
    { ...problem, reason: 'Still empty.', sourceId: SOURCE },
  ]);
});

it('marks byte-identical files as duplicates of the first', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg']);
  const outcome = await scan(persistence, project.id, [scanned('copy/a.jpg', 'a.jpg')], OTHER_SOURCE);
  expect(unwrap(outcome)).toMatchObject({ added: 1, duplicates: 1, moved: 0 });
  const list = unwrap(await persistence.images.list(project.id, { isDuplicate: true }));
  expect(await list.window(0, 5)).toMatchObject([{ key: 'copy/a.jpg', duplicateOfId: images[0]?.id }]);
});

it('finds a moved folder again by its bytes and keeps ids and labels', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['old/a.jpg', 'old/b.jpg']);
  const [first] = images;
  if (first === undefined) throw new Error('no image');
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  unwrap(
    await persistence.images.setMissing(
      images.map(({ id }) => id),
      true,
    ),
  );
  expect(await keysOf(persistence, project.id, { isMissing: true })).toEqual(['old/a.jpg', 'old/b.jpg']);

  const moved = [scanned('new/a.jpg', 'old/a.jpg'), scanned('new/b.jpg', 'old/b.jpg')];
  expect(unwrap(await scan(persistence, project.id, moved, OTHER_SOURCE))).toEqual({
    added: 0,
    known: 0,
    moved: 2,
    duplicates: 0,
  });
  const image = unwrap(await persistence.images.get(first.id));
  expect(image).toMatchObject({
    key: 'new/a.jpg',
    sourceId: OTHER_SOURCE,
    isMissing: 0,
    annotationCount: 1,
    ordinal: 0,
  });
  expect(unwrap(await persistence.annotations.load(first.id)).annotations).toHaveLength(1);
  expect(await keysOf(persistence, project.id, { isMissing: true })).toEqual([]);
  expect(await keysOf(persistence, project.id, { nameContains: 'NEW/' })).toEqual(['new/a.jpg', 'new/b.jpg']);
});

it('knows a file again that was missing and came back', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  unwrap(
    await persistence.images.setMissing(
      images.map(({ id }) => id),
      true,
    ),
  );
  expect(unwrap(await scan(persistence, project.id, [scanned('a.jpg')]))).toMatchObject({
    known: 1,
    added: 0,
  });
  expect(await keysOf(persistence, project.id, { isMissing: false })).toEqual(['a.jpg']);
});

it('filters by state, label, finding and name, and by several at once', async () => {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 600 }, (_, n) => `street/IMG_${String(n).padStart(4, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  const labelled = [3, 7, 300, 599];
  for (const [n, ordinal] of labelled.entries()) {
    const image = images[ordinal];
    if (image === undefined) throw new Error('no image');
    unwrap(await edit(persistence, image, { added: [annotation({ labelId: n % 2 === 0 ? CAR : SIGN })] }));
  }
  const at = (...ordinals: number[]) => ordinals.map((ordinal) => keys[ordinal]);
  const find = (filter: ImageFilter) => keysOf(persistence, project.id, filter);
  expect(await find({ states: ['inProgress'] })).toEqual(at(3, 7, 300, 599));
  expect(await find({ labelId: CAR })).toEqual(at(3, 300));
  expect(await find({ labelId: SIGN, nameContains: 'img_05' })).toEqual(at(599));
  expect(await find({ nameContains: 'street/img_030' })).toEqual(
    at(300, 301, 302, 303, 304, 305, 306, 307, 308, 309),
  );
  expect(await find({ hasFinding: true })).toEqual([]);
  expect((await find({ states: ['unlabelled'] })).length).toBe(596);
  expect((await find({})).length).toBe(600);
  expect(await find({ nameContains: 'nowhere' })).toEqual([]);
});

it('gives windows, positions and the next image of a state, going round once', async () => {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 20 }, (_, n) => `${String(n).padStart(2, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  for (const ordinal of [2, 5, 9]) {
    const image = images[ordinal];
    if (image === undefined) throw new Error('no image');
    unwrap(await edit(persistence, image, { added: [annotation()] }));
  }
  const all = unwrap(await persistence.images.list(project.id, {}));
  expect((await all.window(4, 7)).map(({ key }) => key)).toEqual(['04.jpg', '05.jpg', '06.jpg']);
  expect(await all.indexOf(images[9]?.id as never)).toBe(9);
  expect(await all.nextWithState(2, 'inProgress')).toBe(5);
  expect(await all.nextWithState(9, 'inProgress')).toBe(2);
  expect(await all.nextWithState(19, 'unlabelled')).toBe(0);
  expect(await all.nextWithState(0, 'confirmedEmpty')).toBe(-1);

  const some = unwrap(await persistence.images.list(project.id, { states: ['inProgress'] }));
  expect(some.total).toBe(3);
  expect((await some.window(1, 3)).map(({ key }) => key)).toEqual(['05.jpg', '09.jpg']);
  expect(await some.indexOf(images[9]?.id as never)).toBe(2);
  expect(await some.indexOf(images[4]?.id as never)).toBe(-1);
  expect(await some.nextWithState(0, 'inProgress')).toBe(1);
  expect(await some.nextWithState(2, 'inProgress')).toBe(0);
  expect(await some.nextWithState(0, 'unlabelled')).toBe(-1);
});

it('counts and finds merged labels as the label they were merged into', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg']);
  const [first, second] = images;
  if (first === undefined || second === undefined) throw new Error('no image');
  unwrap(await edit(persistence, first, { added: [annotation({ labelId: CAR })] }));
  unwrap(await edit(persistence, second, { added: [annotation({ labelId: SIGN })] }));
  const after = {
    ...ROAD_SCHEMA,
    labels: ROAD_SCHEMA.labels.map((label) =>
      label.id === SIGN ? { ...label, mergedIntoId: CAR as LabelId, isRetired: true } : label,
    ),
  };
  const change = { before: ROAD_SCHEMA, after, label: 'Merge Sign into Car', code: 'label.merge' };
  unwrap(await persistence.projects.changeSchema(project.id, change));
  expect(await keysOf(persistence, project.id, { labelId: CAR })).toEqual(['a.jpg', 'b.jpg']);
  expect(unwrap(await persistence.projects.get(project.id)).counts.byLabel).toEqual({ [CAR]: 2 });
});

it('tells where every image is without reading the images', async () => {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 300 }, (_, n) => `${String(n).padStart(3, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  const locations = unwrap(await persistence.images.locations(project.id));
  expect(locations).toEqual(images.map(({ id, sourceId, key }) => ({ id, sourceId, key })));
});
