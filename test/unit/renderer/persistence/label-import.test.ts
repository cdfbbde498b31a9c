import { expect, it } from 'vitest';
import type { Persistence } from '../../../../renderer/persistence/ports';
import type { ConflictRule } from '../../../../shared/imports/conflict-rule';
import type { AttributeId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';
import type { ImportedAnnotation } from '../../../../shared/schema/imported-annotation';
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

const box = (x: number, label = 0): ImportedAnnotation => ({
  label,
  shape: { type: 'box', x, y: 10, width: 20, height: 30 },
});
const names = (count: number) => Array.from({ length: count }, (_, n) => `${String(n).padStart(3, '0')}.jpg`);

async function fixture(count = 3) {
  const { persistence, bridge } = await openFixture();
  const { project, images } = await projectWithImages(persistence, names(count));
  const run = (
    given: readonly (readonly [ImageRecord | undefined, readonly ImportedAnnotation[]])[],
    options: { rule?: ConflictRule; imagesPerBatch?: number; batches?: number } = {},
  ) =>
    importImages(persistence.annotations, project.id, {
      labelIds: [CAR, SIGN],
      schemaAfter: ROAD_SCHEMA,
      images: given.flatMap(([image, annotations]) =>
        image === undefined ? [] : [incoming(image, annotations)],
      ),
      ...options,
    });
  const load = async (image: ImageRecord | undefined, from: Persistence = persistence) =>
    unwrap(await from.annotations.load(image?.id as never));
  const counts = async () => unwrap(await persistence.projects.get(project.id)).counts;
  const undo = async () => unwrap(await persistence.journal.undo(`project:${project.id}`));
  const redo = async () => unwrap(await persistence.journal.redo(`project:${project.id}`));
  const ordinals = async (filter: Parameters<Persistence['images']['list']>[1]) => {
    const list = unwrap(await persistence.images.list(project.id, filter));
    return (await list.window(0, list.total)).map((image) => image.ordinal);
  };
  return { persistence, bridge, project, images, run, load, counts, undo, redo, ordinals };
}

it('stores images that nobody worked on in the journal alone, and gives them back as whole records', async () => {
  const { images, run, load, persistence } = await fixture();
  const rich: ImportedAnnotation = {
    label: 1,
    shape: {
      type: 'polygon',
      parts: [
        {
          exterior: [
            { x: 0, y: 0 },
            { x: 9, y: 0 },
            { x: 9, y: 9 },
          ],
          holes: [],
        },
      ],
    },
    attributes: { ['55555555-5555-4555-8555-555555555555' as AttributeId]: 'red' },
    isOccluded: true,
    isCrowd: true,
    score: 0.25,
    note: 'behind the bus',
    groupId: '66666666-6666-4666-8666-666666666666',
    trackId: '77777777-7777-4777-8777-777777777777',
    isKeyframe: false,
    isOutside: true,
  };
  unwrap(
    await run([
      [images[0], [box(1), rich]],
      [images[1], []],
    ]),
  );
  const { annotations, status, revision } = await load(images[0]);
  expect(annotations[0]).toMatchObject({
    labelId: CAR,
    origin: 'import',
    isOccluded: false,
    createdBy: 'Test person',
  });
  const { label: _, ...said } = rich;
  expect(annotations[1]).toMatchObject({ labelId: SIGN, ...said });
  expect(new Set(annotations.map(({ id }) => id)).size).toBe(2);
  expect({ state: status.state, revision }).toEqual({ state: 'labelled', revision: 1 });
  expect((await load(images[1])).status).toMatchObject({ state: 'confirmedEmpty', decidedBy: 'Test person' });
  expect((await load(images[2])).revision).toBe(0);
  const receipt = unwrap(await persistence.annotations.receipt(images[0]?.id as never));
  expect(receipt).toMatchObject({ count: 2, revision: 1 });
  const db = await openRawDatabase();
  expect([await db.images.count(), await db.annotationSets.count()]).toEqual([0, 0]);
  db.close();
});

it('keeps counts, lists, filters and the way to the next image right', async () => {
  const { images, run, counts, ordinals, persistence, project } = await fixture(250);
  unwrap(
    await run([
      [images[3], [box(1), box(5, 1)]],
      [images[120], [box(1)]],
      [images[249], []],
    ]),
  );
  expect(await counts()).toMatchObject({
    annotations: 3,
    labelled: 2,
    confirmedEmpty: 1,
    unlabelled: 247,
    byLabel: { [CAR]: 2, [SIGN]: 1 },
  });
  expect(await ordinals({ states: ['labelled'] })).toEqual([3, 120]);
  expect(await ordinals({ states: ['confirmedEmpty'] })).toEqual([249]);
  expect((await ordinals({ states: ['unlabelled'] })).length).toBe(247);
  expect(await ordinals({ labelId: SIGN })).toEqual([3]);
  unwrap(
    await edit(persistence, images[120] as ImageRecord, {
      removed: [],
      added: [annotation({ labelId: SIGN })],
    }),
  );
  expect(await ordinals({ labelId: SIGN })).toEqual([3, 120]);
  expect(await ordinals({ labelId: CAR })).toEqual([3, 120]);
  const list = unwrap(await persistence.images.list(project.id, {}));
  expect(await list.nextWithState(3, 'labelled')).toBe(120);
  expect(await list.nextWithState(120, 'labelled')).toBe(3);
  expect(await list.nextWithState(2, 'unlabelled')).toBe(4);
  expect(await list.nextWithState(0, 'inProgress')).toBe(-1);
});

it('takes back and does again in one step, however many batches it took, and the chain holds', async () => {
  const { images, run, load, counts, undo, redo, persistence, project } = await fixture(230);
  unwrap(
    await run(
      images.map((image) => [image, [box(1), box(2, 1)]] as const),
      { imagesPerBatch: 50 },
    ),
  );
  const imported = await load(images[229]);
  expect((await undo())?.label).toBe('Import labels');
  expect(await counts()).toMatchObject({ annotations: 0, unlabelled: 230, labelled: 0, byLabel: {} });
  expect(await load(images[229])).toMatchObject({
    annotations: [],
    revision: 2,
    status: { state: 'unlabelled' },
  });
  await redo();
  expect(await counts()).toMatchObject({ annotations: 460, labelled: 230 });
  expect((await load(images[229])).annotations).toEqual(imported.annotations);
  await undo();
  unwrap(await persistence.journal.verifyChain(project.id));
  // What was taken back is in nobody's way.
  unwrap(await run([[images[0], [box(7)]]]));
  expect((await load(images[0])).annotations).toHaveLength(1);
});

it('takes back what nobody touched and refuses where labels of it were edited since', async () => {
  const { images, run, load, undo, persistence, project } = await fixture();
  unwrap(await run(images.map((image) => [image, [box(1)]] as const)));
  const [second] = (await load(images[1])).annotations;
  if (second === undefined) throw new Error('nothing was imported');
  const moved = { ...second, labelId: SIGN, revision: 1 };
  unwrap(await edit(persistence, images[1] as ImageRecord, { updated: [[second, moved]] }));
  const refused = failureOf(await persistence.journal.undo(`project:${project.id}`));
  expect(refused).toMatchObject({ code: 'record.conflict', details: { names: ['001.jpg'] } });
  expect((await load(images[0])).annotations).toHaveLength(1);
  unwrap(await edit(persistence, images[1] as ImageRecord, { updated: [[moved, second]] }));
  // A label that was added beside the import's is no obstacle and stays.
  unwrap(await edit(persistence, images[2] as ImageRecord, { added: [annotation()] }));
  await undo();
  expect((await load(images[0])).annotations).toEqual([]);
  expect((await load(images[2])).annotations).toHaveLength(1);
});

it.each([
  ['addNew', 2, 1],
  ['addAll', 3, 2],
  ['replace', 2, 2],
  ['keep', 1, 0],
] as const)('with %s a labelled image holds %i afterwards, and %i came in', async (rule, after, added) => {
  const { images, run, load, persistence } = await fixture();
  const mine = annotation({ shape: { type: 'box', x: 1.2, y: 10, width: 20, height: 30 } });
  unwrap(await edit(persistence, images[0] as ImageRecord, { added: [mine] }));
  const stored = unwrap(await run([[images[0], [box(1), box(300)]]], { rule }));
  expect((await load(images[0])).annotations).toHaveLength(after);
  expect(stored.annotations).toBe(added);
});

it('adds to an image that the same files name twice', async () => {
  const { images, run, load } = await fixture();
  unwrap(
    await run([
      [images[0], [box(1)]],
      [images[0], [box(100)]],
    ]),
  );
  expect((await load(images[0])).annotations).toHaveLength(2);
});

it('goes on where it was cut off, in another window too, and can be taken back half done', async () => {
  const { images, run, load, bridge, project, persistence, undo } = await fixture(10);
  const given = images.map((image) => [image, [box(1)]] as const);
  const cut = unwrap(await run(given, { imagesPerBatch: 4, batches: 1 }));
  const other = await openAnotherWindow(bridge);
  expect(await other.annotations.unfinishedImports(project.id)).toMatchObject([
    { changeId: cut.changeId, cursor: 4, total: 10, images: 4, annotations: 4 },
  ]);
  const rest = images.slice(4).map((image) => incoming(image, [box(1)]));
  unwrap(
    await other.annotations.addToImport(project.id, cut.changeId, { images: rest, cursor: 10, isLast: true }),
  );
  expect(await other.annotations.unfinishedImports(project.id)).toEqual([]);
  expect((await load(images[9], other)).annotations).toHaveLength(1);
  await undo();
  expect((await load(images[0])).annotations).toEqual([]);
  expect((await load(images[9])).annotations).toEqual([]);

  const again = unwrap(await run(given, { imagesPerBatch: 4, batches: 1 }));
  await undo();
  expect(await persistence.annotations.unfinishedImports(project.id)).toEqual([]);
  const late = await persistence.annotations.addToImport(project.id, again.changeId, {
    images: rest,
    cursor: 10,
    isLast: true,
  });
  expect(failureOf(late).code).toBe('record.conflict');
  expect((await load(images[9])).annotations).toEqual([]);
});

it('tells the history of an image with the lines of imports in it, and rebuilds it from them', async () => {
  const { images, run, load, persistence } = await fixture();
  unwrap(
    await run([
      [images[0], [box(1)]],
      [images[1], [box(2)]],
    ]),
  );
  unwrap(await edit(persistence, images[0] as ImageRecord, { added: [annotation()], label: 'Draw later' }));
  const history = await persistence.journal.history(images[0]?.id as never, 10);
  expect(history.map(({ label }) => label)).toEqual(['Draw later', 'Import labels']);
  expect((await persistence.journal.stacks(`image:${images[0]?.id}`)).undo.map(({ label }) => label)).toEqual(
    ['Draw later'],
  );
  const whole = await load(images[0]);
  const db = await openRawDatabase();
  await db.annotationSets.delete(images[0]?.id as never);
  db.close();
  expect((await persistence.annotations.load(images[0]?.id as never)).ok).toBe(false);
  const rebuilt = unwrap(await persistence.annotations.rebuildFromJournal(images[0]?.id as never));
  expect(rebuilt.annotations).toEqual(whole.annotations);
});

it('is in a backup, and the restored copy can take it back', async () => {
  const { images, run, persistence, project } = await fixture(120);
  unwrap(await run(images.map((image) => [image, [box(1), box(50, 1)]] as const)));
  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  const copy = unwrap(await persistence.backups.restore(id));
  expect(copy.counts).toMatchObject({ annotations: 240, labelled: 120 });
  unwrap(await persistence.journal.verifyChain(copy.id));
  const list = unwrap(await persistence.images.list(copy.id, {}));
  const [first] = await list.window(0, 1);
  expect(unwrap(await persistence.annotations.load(first?.id as never)).annotations).toHaveLength(2);
  expect((await persistence.journal.history(first?.id as never, 5)).map(({ label }) => label)).toEqual([
    'Import labels',
  ]);
  unwrap(await persistence.journal.undo(`project:${copy.id}`));
  expect(unwrap(await persistence.projects.get(copy.id)).counts).toMatchObject({
    annotations: 0,
    unlabelled: 120,
  });
  expect(unwrap(await persistence.projects.get(project.id)).counts.annotations).toBe(240);
});

it('notices a line of an import that was altered', async () => {
  const { images, run, persistence, project } = await fixture();
  unwrap(await run([[images[0], [box(1)]]]));
  const db = await openRawDatabase();
  await db.changes.toCollection().modify((line) => {
    if (line.body.includes('"imported"')) Object.assign(line, { body: line.body.replace('"x":1', '"x":2') });
  });
  db.close();
  expect(failureOf(await persistence.journal.verifyChain(project.id)).code).toBe('journal.broken-chain');
});

it('refuses an import whose labels were prepared on an older schema', async () => {
  const { persistence, project } = await fixture();
  const after = { ...ROAD_SCHEMA, labels: ROAD_SCHEMA.labels.filter(({ id }) => id !== SIGN) };
  const begun = await persistence.annotations.beginImport(project.id, {
    label: 'Import',
    schemaAfter: after,
    labelIds: [],
    rule: 'addNew',
    images: 0,
    annotations: 0,
    total: 0,
    plan: '',
  });
  expect(failureOf(begun).code).toBe('record.conflict');
});
