import { expect, it } from 'vitest';
import { createFakeBridge, type FakeHandlers } from '../../../../renderer/bridge/fake-bridge';
import { openPersistence } from '../../../../renderer/persistence';
import { answerClosing } from '../../../../renderer/persistence/closing';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { ok } from '../../../../shared/result/result';
import type { ProjectId } from '../../../../shared/schema/ids';
import {
  annotation,
  edit,
  failureOf,
  openFixture,
  openRawDatabase,
  projectWithImages,
  unwrap,
} from './persistence-fixture';

async function contentsOf(persistence: Persistence, projectId: ProjectId) {
  const rows = [];
  for await (const batch of persistence.exportRows(projectId, { fromOrdinal: 0, batchSize: 7 }))
    rows.push(...batch);
  return rows.map(({ image, set }) => ({
    key: image.key,
    ordinal: image.ordinal,
    state: image.state,
    revision: set.revision,
    annotations: set.annotations,
    status: set.status,
  }));
}

async function projectWithWork(persistence: Persistence) {
  const keys = Array.from({ length: 30 }, (_, n) => `${String(n).padStart(2, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  for (const image of images.slice(0, 12)) {
    const boxes = Array.from({ length: 10 }, () => annotation());
    unwrap(await edit(persistence, image, { added: boxes }));
    unwrap(await edit(persistence, image, { removed: boxes.slice(0, 2) }));
  }
  return { project: unwrap(await persistence.projects.get(project.id)), images };
}

it('brings an erased project back exactly, journal and undo included', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithWork(persistence);
  const before = await contentsOf(persistence, project.id);
  const chain = unwrap(await persistence.journal.verifyChain(project.id));
  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  unwrap(await persistence.projects.setDeleted(project.id, true));
  unwrap(await persistence.projects.purge(project.id));

  const restored = unwrap(await persistence.backups.restore(id));
  expect(restored).toMatchObject({ id: project.id, name: 'Road', deletedAt: null, counts: project.counts });
  expect(await contentsOf(persistence, project.id)).toEqual(before);
  // One line more: the restore itself.
  expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(chain.length + 1);
  const stacks = await persistence.journal.stacks(`image:${images[0]?.id}`);
  expect(stacks.undo).toHaveLength(2);
  const list = unwrap(await persistence.images.list(project.id, { nameContains: '07' }));
  expect(list.total).toBe(1);
});

it('restores beside the project when that still exists, and leaves it alone', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithWork(persistence);
  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const original = await contentsOf(persistence, project.id);
  unwrap(await edit(persistence, image, { added: [annotation()] }));
  const later = await contentsOf(persistence, project.id);

  const copy = unwrap(await persistence.backups.restore(id));
  expect(copy.id).not.toBe(project.id);
  expect(copy.name).toBe('Road (restored)');
  expect(await contentsOf(persistence, copy.id)).toEqual(original);
  expect(await contentsOf(persistence, project.id)).toEqual(later);
  unwrap(await persistence.journal.verifyChain(copy.id));
  unwrap(await persistence.journal.verifyChain(project.id));
  const list = unwrap(await persistence.images.list(copy.id, {}));
  const [copied] = await list.window(0, 1);
  if (copied === undefined) throw new Error('no image');
  unwrap(await edit(persistence, copied, { added: [annotation()] }));
  expect(await contentsOf(persistence, project.id)).toEqual(later);
});

it('backs up what an edit made while the backup ran', async () => {
  let persistence: Persistence | null = null;
  const editMeanwhile: (() => Promise<void>)[] = [];
  const base = createFakeBridge();
  const handlers: FakeHandlers = {
    'backup.begin': (args) => base.invoke('backup.begin', args),
    'backup.append': async (args) => {
      await editMeanwhile.shift()?.();
      return base.invoke('backup.append', args);
    },
    'backup.finish': (args) => base.invoke('backup.finish', args),
    'backup.read': (args) => base.invoke('backup.read', args),
  };
  await openFixture();
  persistence = unwrap(await openPersistence(createFakeBridge(handlers)));
  const opened = persistence;
  const { project, images } = await projectWithImages(opened, ['a.jpg', 'b.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  // More than one message to main: the first image is long sent when it is edited once more.
  unwrap(await edit(opened, image, { added: Array.from({ length: 3000 }, () => annotation()) }));
  editMeanwhile.push(async () => {
    unwrap(await edit(opened, image, { added: [annotation()] }));
  });
  const { id } = unwrap(await opened.backups.backup(project.id, 'timer'));
  expect(editMeanwhile).toEqual([]);
  const copy = unwrap(await opened.backups.restore(id));
  expect(copy.counts.annotations).toBe(3001);
  expect(await contentsOf(opened, copy.id)).toEqual(await contentsOf(opened, project.id));
});

it('backs a damaged record up from the journal', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithWork(persistence);
  const before = await contentsOf(persistence, project.id);
  const db = await openRawDatabase();
  await db.annotationSets.delete(images[3]?.id as never);
  db.close();
  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  const copy = unwrap(await persistence.backups.restore(id));
  expect(await contentsOf(persistence, copy.id)).toEqual(before);
});

it.each([
  ['a line that is cut', (lines: string[]) => lines.map((line, n) => (n === 5 ? line.slice(0, 40) : line))],
  ['an altered annotation count', (lines: string[]) => lines.filter((_, n) => n !== 5)],
  [
    'an altered journal line',
    (lines: string[]) =>
      lines.map((line) =>
        line.replace('"label":"Draw Car","targetId":null', '"label":"Draw Cat","targetId":null'),
      ),
  ],
  ['a missing end', (lines: string[]) => lines.slice(0, -1)],
  ['no header', (lines: string[]) => lines.slice(1)],
  [
    'a path that leaves its folder',
    (lines: string[]) => lines.map((line) => line.replace('"00.jpg"', '"../00.jpg"')),
  ],
])('refuses a backup with %s and leaves nothing behind', async (_, damage) => {
  const { persistence } = await openFixture();
  const { project } = await projectWithWork(persistence);
  const lines: string[] = [];
  const collecting = createFakeBridge({
    'backup.append': (args) => {
      lines.push(...args.lines);
      return ok(null);
    },
    'backup.finish': ({ id }) =>
      ok({
        id,
        projectId: project.id,
        projectName: 'Road',
        madeAt: '',
        byteSize: 0,
        images: 0,
        annotations: 0,
        reason: 'manual',
      }),
    'backup.read': () => ok({ lines: damage(lines), nextLine: null }),
  });
  const other = unwrap(await openPersistence(collecting));
  unwrap(await other.backups.backup(project.id, 'manual'));
  expect(damage(lines)).not.toEqual(lines);
  unwrap(await other.projects.setDeleted(project.id, true));
  unwrap(await other.projects.purge(project.id));

  expect(failureOf(await other.backups.restore('backup-1')).code).toBe('backup.damaged');
  expect(await other.projects.list()).toEqual([]);
  const db = await openRawDatabase();
  const counts = await Promise.all(db.tables.map((table) => table.count()));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(0);
  db.close();
});

it('knows which projects have work since their last backup', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithWork(persistence);
  expect(await persistence.backups.dirtyProjects()).toEqual([project.id]);
  unwrap(await persistence.backups.backup(project.id, 'timer'));
  expect(await persistence.backups.dirtyProjects()).toEqual([]);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  unwrap(await edit(persistence, image, { added: [annotation()] }));
  expect(await persistence.backups.dirtyProjects()).toEqual([project.id]);
});

it('settles, backs up and only then lets the window go', async () => {
  const { persistence, bridge } = await openFixture();
  await projectWithWork(persistence);
  const order: string[] = [];
  answerClosing(bridge, persistence, async () => {
    order.push('settled');
  });
  const before = bridge.calls.length;
  bridge.emit('app.closing', {});
  await expect
    .poll(() => bridge.calls.slice(before).map(({ channel }) => channel))
    .toEqual(['backup.begin', 'backup.append', 'backup.finish', 'app.readyToClose']);
  expect(order).toEqual(['settled']);
  expect(await persistence.backups.dirtyProjects()).toEqual([]);
});

it('gives a copy ids by which each image is found without a row of its own', async () => {
  const { persistence } = await openFixture();
  const { project } = await projectWithWork(persistence);
  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  const copy = unwrap(await persistence.backups.restore(id));
  const list = unwrap(await persistence.images.list(copy.id, {}));
  for (const image of await list.window(0, list.total)) {
    expect(unwrap(await persistence.images.get(image.id))).toEqual(image);
  }
  const db = await openRawDatabase();
  // Twelve were worked on, in each of the two projects.
  expect(await db.images.count()).toBe(24);
  db.close();
});

it('finds images by ids that were not made here, edits and erases them', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithWork(persistence);
  const foreignIds = new Map(images.map((image) => [image.id as string, crypto.randomUUID() as string]));
  const lines: string[] = [];
  const foreign = (line: string) =>
    line.includes('"kind":"image"')
      ? line.replace(/[0-9a-f-]{36}/g, (text) => foreignIds.get(text) ?? text)
      : line;
  const other = unwrap(
    await openPersistence(
      createFakeBridge({
        'backup.append': (args) => {
          lines.push(...args.lines);
          return ok(null);
        },
        'backup.finish': ({ id }) =>
          ok({
            id,
            projectId: project.id,
            projectName: 'Road',
            madeAt: '',
            byteSize: 0,
            images: 0,
            annotations: 0,
            reason: 'manual',
          }),
        'backup.read': () => ok({ lines: lines.map(foreign), nextLine: null }),
      }),
    ),
  );
  unwrap(await other.backups.backup(project.id, 'manual'));
  unwrap(await other.projects.setDeleted(project.id, true));
  unwrap(await other.projects.purge(project.id));
  unwrap(await other.backups.restore('backup-1'));
  for (const image of images.slice(10, 15)) {
    const found = unwrap(await other.images.get(foreignIds.get(image.id) as never));
    expect(found).toMatchObject({ key: image.key, ordinal: image.ordinal });
    unwrap(await edit(other, found, { added: [annotation()] }));
  }
  expect(
    (await contentsOf(other, project.id)).filter(({ annotations }) => annotations.length === 1),
  ).toHaveLength(3);
  unwrap(await other.projects.setDeleted(project.id, true));
  unwrap(await other.projects.purge(project.id));
  const db = await openRawDatabase();
  expect(await Promise.all(db.tables.map((table) => table.count()))).toEqual(db.tables.map(() => 0));
  db.close();
});
