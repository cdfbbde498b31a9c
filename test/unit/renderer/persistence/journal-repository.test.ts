import { expect, it } from 'vitest';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { invertChange } from '../../../../shared/document/change-set';
import { changeSetOfRecord } from '../../../../shared/document/journal';
import type { ConflictRule } from '../../../../shared/imports/conflict-rule';
import type { AttributeId, ProjectId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';
import type { LabelSchema } from '../../../../shared/schema/label-schema';
import { importImages, incoming } from '../../../harness/import-labels';
import {
  annotation,
  CAR,
  edit,
  failureOf,
  openAnotherWindow,
  openFixture,
  openRawDatabase,
  projectWithImages,
  ROAD_SCHEMA,
  SIGN,
  unwrap,
} from './persistence-fixture';

async function undoOnImage(persistence: Persistence, image: ImageRecord) {
  const step = (await persistence.journal.stacks(`image:${image.id}`)).undo.at(-1);
  const change = step === undefined ? null : changeSetOfRecord(step.change);
  if (step === undefined || change === null) throw new Error('nothing to undo');
  const inverse = invertChange(change, 'undo');
  return unwrap(await edit(persistence, image, { ...inverse }, step.change.id));
}

/** An occluded sign on each of these images. */
const importSigns = (
  persistence: Persistence,
  projectId: ProjectId,
  images: readonly ImageRecord[],
  { rule = 'addNew', schemaAfter = ROAD_SCHEMA }: { rule?: ConflictRule; schemaAfter?: LabelSchema } = {},
) =>
  importImages(persistence.annotations, projectId, {
    label: 'Import COCO labels',
    schemaAfter,
    rule,
    labelIds: [SIGN],
    images: images.map((image) =>
      incoming(image, [
        { label: 0, shape: { type: 'box', x: 1, y: 2, width: 3, height: 4 }, isOccluded: true },
      ]),
    ),
  });

it('gives another window the same undo and redo as this one had', async () => {
  const { persistence, bridge } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const [one, two] = [annotation(), annotation()];
  unwrap(await edit(persistence, image, { added: [one], label: 'Draw one' }));
  unwrap(await edit(persistence, image, { added: [two], label: 'Draw two' }));
  await undoOnImage(persistence, image);

  const other = await openAnotherWindow(bridge);
  const stacks = await other.journal.stacks(`image:${image.id}`);
  expect(stacks.undo.map(({ label }) => label)).toEqual(['Draw one']);
  expect(stacks.redo.map(({ label }) => label)).toEqual(['Draw two']);
  await undoOnImage(other, image);
  expect(unwrap(await other.annotations.load(image.id)).annotations).toEqual([]);
  expect((await other.journal.history(image.id, 2)).map(({ origin }) => origin)).toEqual(['undo', 'undo']);
});

it('takes an import back on all images at once, and does it again', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  const [first, second] = images;
  if (first === undefined || second === undefined) throw new Error('no image');
  const mine = annotation();
  unwrap(await edit(persistence, first, { added: [mine] }));
  const imported = unwrap(await importSigns(persistence, project.id, [first, second]));
  expect(imported).toMatchObject({ images: 2, annotations: 2 });
  const loaded = unwrap(await persistence.annotations.load(second.id));
  expect(loaded.annotations).toMatchObject([
    { labelId: SIGN, origin: 'import', isOccluded: true, createdBy: 'Test person' },
  ]);
  expect(loaded.status.state).toBe('labelled');
  const counts = async () => unwrap(await persistence.projects.get(project.id)).counts;
  expect(await counts()).toMatchObject({ annotations: 3, byLabel: { [CAR]: 1, [SIGN]: 2 }, labelled: 1 });

  const scope = `project:${project.id}`;
  expect((await persistence.journal.stacks(scope)).undo.map(({ label }) => label)).toEqual([
    'Import COCO labels',
  ]);
  expect(unwrap(await persistence.journal.undo(scope))?.label).toBe('Import COCO labels');
  expect(unwrap(await persistence.annotations.load(first.id)).annotations).toEqual([mine]);
  expect(unwrap(await persistence.annotations.load(second.id))).toMatchObject({
    annotations: [],
    status: { state: 'unlabelled' },
  });
  expect(await counts()).toMatchObject({
    annotations: 1,
    byLabel: { [CAR]: 1 },
    inProgress: 1,
    unlabelled: 2,
  });

  unwrap(await persistence.journal.redo(scope));
  expect(unwrap(await persistence.annotations.load(second.id)).annotations).toEqual(loaded.annotations);
  expect(await counts()).toMatchObject({ annotations: 3 });
  expect(unwrap(await persistence.journal.redo(scope))).toBeNull();
  unwrap(await persistence.journal.verifyChain(project.id));
});

it('keeps labels drawn beside an import when that is taken back', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  unwrap(await importSigns(persistence, project.id, [image]));
  const mine = annotation();
  unwrap(await edit(persistence, image, { added: [mine] }));
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  const set = unwrap(await persistence.annotations.load(image.id));
  expect(set.annotations).toEqual([mine]);
  expect(set.status.state).not.toBe('unlabelled');
});

it('refuses to take an import back when its labels were edited since, names the images and changes nothing', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  unwrap(await importSigns(persistence, project.id, images));
  const second = images[1];
  if (second === undefined) throw new Error('no image');
  const [imported] = unwrap(await persistence.annotations.load(second.id)).annotations;
  if (imported === undefined) throw new Error('no annotation');
  unwrap(
    await edit(persistence, second, { updated: [[imported, { ...imported, labelId: CAR, revision: 1 }]] }),
  );
  const before = unwrap(await persistence.journal.verifyChain(project.id));

  const refused = failureOf(await persistence.journal.undo(`project:${project.id}`));
  expect(refused).toMatchObject({ code: 'record.conflict', details: { images: 1, names: ['b.jpg'] } });
  expect(refused.message).toContain('b.jpg');
  expect(unwrap(await persistence.journal.verifyChain(project.id))).toEqual(before);
  for (const image of images) {
    expect(unwrap(await persistence.annotations.load(image.id)).annotations).toHaveLength(1);
  }
  await undoOnImage(persistence, second);
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(unwrap(await persistence.projects.get(project.id)).counts.annotations).toBe(0);
});

it('does not let undo on an image reach through an import', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  unwrap(await edit(persistence, image, { added: [annotation()], label: 'Draw first' }));
  unwrap(await importSigns(persistence, project.id, [image], { rule: 'replace' }));
  const undo = async () =>
    (await persistence.journal.stacks(`image:${image.id}`)).undo.map(({ label }) => label);
  expect(await undo()).toEqual([]);
  unwrap(await edit(persistence, image, { added: [annotation()], label: 'Draw later' }));
  expect(await undo()).toEqual(['Draw later']);
  await undoOnImage(persistence, image);
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(await undo()).toEqual(['Draw first']);
  expect(unwrap(await persistence.annotations.load(image.id)).annotations).toMatchObject([{ labelId: CAR }]);
});

it('changes the labels with an import, and takes that back with it', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const attributeId = '55555555-5555-4555-8555-555555555555' as AttributeId;
  const schemaAfter = {
    ...ROAD_SCHEMA,
    revision: 1,
    labels: ROAD_SCHEMA.labels.map((label) =>
      label.id === SIGN
        ? {
            ...label,
            attributes: [
              {
                id: attributeId,
                name: 'Colour',
                isRequired: false,
                description: '',
                kind: 'text' as const,
                maxLength: 100,
                defaultValue: null,
              },
            ],
          }
        : label,
    ),
  };
  unwrap(await importSigns(persistence, project.id, images, { schemaAfter }));
  expect(unwrap(await persistence.projects.get(project.id)).schema.revision).toBe(1);
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  expect(unwrap(await persistence.projects.get(project.id)).schema.labels).toEqual(ROAD_SCHEMA.labels);
});

it('undoes schema changes in the project, and renaming and deleting in the app, across windows', async () => {
  const { persistence, bridge } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  unwrap(await persistence.projects.rename(project.id, 'Motorway'));
  const after = { ...ROAD_SCHEMA, labels: ROAD_SCHEMA.labels.filter(({ id }) => id !== SIGN) };
  const removal = { before: ROAD_SCHEMA, after, label: 'Remove Sign', code: 'label.remove' };
  expect(unwrap(await persistence.projects.changeSchema(project.id, removal)).revision).toBe(1);
  unwrap(await persistence.projects.setDeleted(project.id, true));
  expect(await persistence.projects.list()).toEqual([]);
  expect((await persistence.projects.listDeleted()).map(({ name }) => name)).toEqual(['Motorway']);

  const other = await openAnotherWindow(bridge);
  unwrap(await other.journal.undo('app'));
  expect((await other.projects.list()).map(({ name }) => name)).toEqual(['Motorway']);
  unwrap(await other.journal.undo('app'));
  expect((await other.projects.list()).map(({ name }) => name)).toEqual(['Road']);
  unwrap(await other.journal.redo('app'));
  expect((await other.projects.list()).map(({ name }) => name)).toEqual(['Motorway']);

  const scope = `project:${project.id}`;
  expect(unwrap(await other.journal.undo(scope))?.label).toBe('Remove Sign');
  expect(unwrap(await other.projects.get(project.id)).schema).toEqual({ ...ROAD_SCHEMA, revision: 2 });
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  unwrap(await edit(other, image, { added: [annotation({ labelId: SIGN })] }));
  expect(failureOf(await other.journal.redo(scope))).toMatchObject({
    code: 'schema.unknown-label',
    details: { count: 1 },
  });
});

it('refuses a schema change that was made on an older schema', async () => {
  const { persistence } = await openFixture();
  const { project } = await projectWithImages(persistence, []);
  const change = { before: ROAD_SCHEMA, after: ROAD_SCHEMA, label: 'Rename Car', code: 'label.rename' };
  unwrap(await persistence.projects.changeSchema(project.id, change));
  expect(failureOf(await persistence.projects.changeSchema(project.id, change)).code).toBe('record.conflict');
});

it('finds a journal line that was altered, and one that was dropped', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  for (let n = 0; n < 5; n += 1) unwrap(await edit(persistence, image, { added: [annotation()] }));
  expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(6);

  const db = await openRawDatabase();
  const lines = await db.changes.toArray();
  const third = lines[2];
  if (third === undefined) throw new Error('no line');
  await db.changes.put({ ...third, actor: 'Somebody else' });
  expect(failureOf(await persistence.journal.verifyChain(project.id))).toMatchObject({
    code: 'journal.broken-chain',
    details: { seq: 3 },
  });
  await db.changes.put(third);
  unwrap(await persistence.journal.verifyChain(project.id));
  await db.changes.where('[projectId+seq]').equals([project.id, 4]).delete();
  expect(failureOf(await persistence.journal.verifyChain(project.id)).message).toContain('line 4 is missing');
  await db.changes.where('[projectId+seq]').aboveOrEqual([project.id, 4]).delete();
  expect(failureOf(await persistence.journal.verifyChain(project.id)).message).toContain('ends with line 3');
  db.close();
});

it('erases a deleted project for good, and only that', async () => {
  const { persistence } = await openFixture();
  const first = await projectWithImages(persistence, ['a.jpg']);
  const second = await projectWithImages(persistence, ['a.jpg']);
  for (const { images } of [first, second]) {
    const [image] = images;
    if (image === undefined) throw new Error('no image');
    unwrap(await edit(persistence, image, { added: Array.from({ length: 100 }, () => annotation()) }));
  }
  expect(failureOf(await persistence.projects.purge(first.project.id)).code).toBe('usage.bad-arguments');
  unwrap(await persistence.projects.setDeleted(first.project.id, true));
  unwrap(await persistence.projects.purge(first.project.id));
  expect(await persistence.projects.listDeleted()).toEqual([]);
  const db = await openRawDatabase();
  const left = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()]));
  expect(Object.fromEntries(left)).toEqual({
    projects: 1,
    heads: 1,
    images: 1,
    imagePages: 1,
    importedPages: 0,
    labelImports: 0,
    annotationSets: 1,
    annotationPages: 3,
    changes: 2,
    scans: 0,
    problems: 0,
    backupMarks: 0,
    reviews: 0,
    layers: 0,
    records: 0,
    imageHashes: 0,
    activity: 0,
  });
  db.close();
});
