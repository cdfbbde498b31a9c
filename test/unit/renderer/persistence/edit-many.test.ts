import { expect, it } from 'vitest';
import type { EditOfMany, Persistence } from '../../../../renderer/persistence/ports';
import { pasteAnnotations } from '../../../../shared/actions/paste-annotations';
import { appError } from '../../../../shared/result/app-error';
import { err } from '../../../../shared/result/result';
import type { ImageRecord } from '../../../../shared/schema/image';
import type { Project } from '../../../../shared/schema/project';
import {
  annotation,
  CAR,
  edit,
  failureOf,
  openFixture,
  openRawDatabase,
  projectWithImages,
  ROAD_SCHEMA,
  testId,
  unwrap,
} from './persistence-fixture';

const KEYS = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
const COPIED = {
  labelId: CAR,
  shape: { type: 'box' as const, x: 1, y: 2, width: 30, height: 40 },
  attributes: {},
  isOccluded: false,
  isTruncated: false,
  isCrowd: false,
};

function pastingInto(images: readonly ImageRecord[], part: Partial<EditOfMany> = {}): EditOfMany {
  return {
    code: 'annotation.propagate',
    label: 'Propagate Car',
    imageIds: images.map(({ id }) => id),
    change: (document) =>
      pasteAnnotations.run(
        document,
        { annotations: [COPIED, COPIED] },
        { actor: 'Ada', at: '2026-01-01T00:00:00.000Z', newId: testId, schema: ROAD_SCHEMA },
      ),
    hasFinding: () => true,
    ...part,
  };
}

async function counts(persistence: Persistence, project: Project) {
  const { annotations, unlabelled, inProgress } = unwrap(await persistence.projects.get(project.id)).counts;
  return { annotations, unlabelled, inProgress };
}

const objectsIn = async (persistence: Persistence, images: readonly ImageRecord[]) =>
  Promise.all(
    images.map(async ({ id }) => unwrap(await persistence.annotations.load(id)).annotations.length),
  );

it('is one undoable change of the project, with the counts and a sound journal, and is done again', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const done: number[] = [];
  const outcome = unwrap(
    await persistence.annotations.editMany(project.id, pastingInto(images.slice(1)), (n) => done.push(n)),
  );
  expect(outcome).toMatchObject({ images: 3, annotations: 6, refused: [] });
  expect(done).toEqual([3]);
  expect(await objectsIn(persistence, images)).toEqual([0, 2, 2, 2]);
  expect(await counts(persistence, project)).toEqual({ annotations: 6, unlabelled: 1, inProgress: 3 });
  const list = unwrap(await persistence.images.list(project.id, { hasFinding: true }));
  expect(list.total).toBe(3);

  const scope = `project:${project.id}`;
  const stacks = await persistence.journal.stacks(scope);
  expect(stacks.undo.at(-1)).toMatchObject({ label: 'Propagate Car', change: { id: outcome.changeId } });
  unwrap(await persistence.journal.undo(scope));
  expect(await objectsIn(persistence, images)).toEqual([0, 0, 0, 0]);
  expect(await counts(persistence, project)).toEqual({ annotations: 0, unlabelled: 4, inProgress: 0 });
  unwrap(await persistence.journal.redo(scope));
  expect(await objectsIn(persistence, images)).toEqual([0, 2, 2, 2]);
  // Each of the three writes is a head line and three members; the project itself is the first line.
  expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(1 + 3 * 4);
});

it('is out of reach of undo on an image, which ends above it', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const [first] = images;
  if (first === undefined) throw new Error('no image');
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  unwrap(await persistence.annotations.editMany(project.id, pastingInto([first]), () => undefined));
  expect((await persistence.journal.stacks(`image:${first.id}`)).undo).toEqual([]);
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  const { undo } = await persistence.journal.stacks(`image:${first.id}`);
  expect(undo.map(({ label }) => label)).toEqual(['Draw Car']);
});

it('keeps what was drawn since when it is taken back, and is refused when its own objects were edited', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const [first] = images;
  if (first === undefined) throw new Error('no image');
  const scope = `project:${project.id}`;
  unwrap(await persistence.annotations.editMany(project.id, pastingInto(images), () => undefined));
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  unwrap(await persistence.journal.undo(scope));
  expect(await objectsIn(persistence, images)).toEqual([1, 0, 0, 0]);

  unwrap(await persistence.journal.redo(scope));
  const [pasted] = unwrap(await persistence.annotations.load(first.id)).annotations.slice(-1);
  if (pasted === undefined) throw new Error('no annotation');
  unwrap(await edit(persistence, first, { updated: [[pasted, { ...pasted, isCrowd: true, revision: 1 }]] }));
  expect(failureOf(await persistence.journal.undo(scope))).toMatchObject({
    code: 'record.conflict',
    details: { images: 1, names: ['a.jpg'] },
  });
});

it('lists what it leaves alone: a damaged image, and one that the edit itself refuses', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const [first, second, , last] = images;
  if (first === undefined || second === undefined || last === undefined) throw new Error('no image');
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  const db = await openRawDatabase();
  await db.annotationSets.update(first.id, { text: 'no annotation' });
  db.close();
  const base = pastingInto(images);
  const outcome = unwrap(
    await persistence.annotations.editMany(
      project.id,
      {
        ...base,
        change: (document) =>
          document.imageId === second.id
            ? err(appError('usage.bad-arguments', 'Confirmed empty.'))
            : base.change(document),
      },
      () => undefined,
    ),
  );
  expect(outcome).toMatchObject({ images: 2, annotations: 4 });
  expect(outcome.refused.map(({ key, error }) => [key, error.code])).toEqual([
    ['a.jpg', 'record.damaged'],
    ['b.jpg', 'usage.bad-arguments'],
  ]);
  expect(await objectsIn(persistence, [second, last])).toEqual([0, 2]);
});

it('writes nothing at all when every image is left alone', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const refusing = pastingInto(images, { change: () => err(appError('usage.bad-arguments', 'No.')) });
  const outcome = unwrap(await persistence.annotations.editMany(project.id, refusing, () => undefined));
  expect(outcome).toMatchObject({ changeId: null, images: 0 });
  expect(outcome.refused).toHaveLength(4);
  expect((await persistence.journal.stacks(`project:${project.id}`)).undo).toEqual([]);
  expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(1);
});

it('goes into a second set like into an image, and counts no label of the project there', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, KEYS);
  const [first, second] = images as [ImageRecord, ImageRecord];
  const starts = [{ imageId: first.id, purpose: 'honeypot' as const, from: 'empty' as const }];
  const [layer] = unwrap(
    await persistence.layers.create(project.id, starts, { code: 'layer.begin', label: 'Begin labels' }),
  );
  if (layer === undefined) throw new Error('no layer');
  const edited = { ...pastingInto([]), imageIds: [layer.id, second.id] };
  const outcome = unwrap(await persistence.annotations.editMany(project.id, edited, () => undefined));
  expect(outcome).toMatchObject({ images: 2, annotations: 4, refused: [] });
  expect(unwrap(await persistence.annotations.load(layer.id)).annotations).toHaveLength(2);
  expect(unwrap(await persistence.layers.hasFinding(layer.id))).toBe(true);
  expect(await objectsIn(persistence, images)).toEqual([0, 2, 0, 0]);
  expect(await counts(persistence, project)).toEqual({ annotations: 2, unlabelled: 3, inProgress: 1 });
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(unwrap(await persistence.annotations.load(layer.id)).annotations).toEqual([]);
  expect(await counts(persistence, project)).toEqual({ annotations: 0, unlabelled: 4, inProgress: 0 });
});
