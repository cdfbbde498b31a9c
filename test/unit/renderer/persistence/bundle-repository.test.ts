import { expect, it } from 'vitest';
import { createFakeBridge, type FakeHandlers } from '../../../../renderer/bridge/fake-bridge';
import { openPersistence } from '../../../../renderer/persistence';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { appError } from '../../../../shared/result/app-error';
import { err, ok } from '../../../../shared/result/result';
import type { JobId, ProjectId } from '../../../../shared/schema/ids';
import { annotation, edit, failureOf, openFixture, projectWithImages, unwrap } from './persistence-fixture';

const jobId = '00000000-0000-4000-8000-0000000000aa' as JobId;

/** A bundle on a disk that is a list: what main and its worker do with files, without files. */
function bundleInMemory(change: (lines: string[]) => string[] = (lines) => lines) {
  let lines: string[] = [];
  let summary: Parameters<NonNullable<FakeHandlers['bundle.finish']>>[0] | null = null;
  const handlers: FakeHandlers = {
    'bundle.begin': ({ suggestedName }) => ok({ name: `${suggestedName}.gmk` }),
    'bundle.append': (args) => {
      lines.push(...args.lines);
      return ok(null);
    },
    'bundle.finish': (args) => {
      summary = args;
      lines = change(lines);
      return ok({ byteSize: 1, pictures: 0, missing: 0, missingPictures: [] });
    },
    'bundle.open': () => {
      if (summary === null) return ok(null);
      const { project, sources, images, annotations } = summary;
      return ok({ name: 'Road.gmk', summary: { project, sources, images, annotations, hasPictures: false } });
    },
    // Small pages, so that going on where a page ended is exercised.
    'bundle.read': ({ fromLine }) => {
      const nextLine = fromLine + 7;
      return ok({
        lines: lines.slice(fromLine, nextLine),
        nextLine: nextLine < lines.length ? nextLine : null,
      });
    },
    'bundle.close': () => ok(null),
  };
  return createFakeBridge(handlers);
}

async function contentsOf(persistence: Persistence, projectId: ProjectId) {
  const rows = [];
  for await (const batch of persistence.exportRows(projectId, { fromOrdinal: 0, batchSize: 9 }))
    rows.push(...batch);
  return rows.map(({ image, set }) => [image.key, image.state, set.revision, set.annotations, set.status]);
}

async function labelled(persistence: Persistence) {
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  for (const image of images.slice(0, 2)) {
    const boxes = [annotation(), annotation()];
    unwrap(await edit(persistence, image, { added: boxes }));
    unwrap(await edit(persistence, image, { removed: boxes.slice(0, 1) }));
  }
  return project;
}

it('is the project again, history included, on a computer that never saw it', async () => {
  const bridge = bundleInMemory();
  await openFixture();
  const here = unwrap(await openPersistence(bridge));
  const project = await labelled(here);
  const before = await contentsOf(here, project.id);
  const chain = unwrap(await here.journal.verifyChain(project.id));
  const saved = unwrap(await here.bundles.save({ jobId, projectId: project.id, withPictures: false }));
  expect(saved).toMatchObject({ name: 'Road.gmk', images: 3, annotations: 2 });
  unwrap(await here.projects.setDeleted(project.id, true));
  unwrap(await here.projects.purge(project.id));

  const opened = unwrap(await here.bundles.open({ jobId }));
  expect(opened?.project).toMatchObject({ id: project.id, name: 'Road' });
  expect(await contentsOf(here, project.id)).toEqual(before);
  // One line more: the opening itself.
  expect(unwrap(await here.journal.verifyChain(project.id)).length).toBe(chain.length + 1);
});

it('opened where the project still is makes one beside it', async () => {
  const bridge = bundleInMemory();
  await openFixture();
  const here = unwrap(await openPersistence(bridge));
  const project = await labelled(here);
  unwrap(await here.bundles.save({ jobId, projectId: project.id, withPictures: false }));
  const before = await contentsOf(here, project.id);
  const opened = unwrap(await here.bundles.open({ jobId }));
  expect(opened?.project.id).not.toBe(project.id);
  expect(await contentsOf(here, project.id)).toEqual(before);
  expect(await contentsOf(here, opened?.project.id as ProjectId)).toEqual(before);
});

it('with a line changed on the way is refused, and nothing of it is shown', async () => {
  const bridge = bundleInMemory((lines) =>
    lines.map((line) => line.replace('"origin":"person"', '"origin":"model"')),
  );
  await openFixture();
  const here = unwrap(await openPersistence(bridge));
  const project = await labelled(here);
  unwrap(await here.bundles.save({ jobId, projectId: project.id, withPictures: false }));
  const failure = failureOf(await here.bundles.open({ jobId }));
  expect(failure.code).toBe('bundle.damaged');
  expect(failure.message).toContain('were not touched');
  expect((await here.projects.list()).map((one) => one.id)).toEqual([project.id]);
});

it('asks nothing more of a person who closed the dialog', async () => {
  await openFixture();
  const bridge = createFakeBridge({
    'bundle.begin': () => ok(null),
    'bundle.open': () => ok(null),
    'bundle.append': () => err(appError('internal.unexpected', 'nothing is sent')),
  });
  const here = unwrap(await openPersistence(bridge));
  const project = await labelled(here);
  expect(unwrap(await here.bundles.save({ jobId, projectId: project.id, withPictures: true }))).toBeNull();
  expect(unwrap(await here.bundles.open({ jobId }))).toBeNull();
});
