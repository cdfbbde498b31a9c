import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { temporaryFolder } from '../../harness/electron-app';
import { randomFrom, uuidFrom } from '../../harness/labelling-script';
import { mountSmallDisk } from '../../harness/small-disk';
import { launchPersistence, loadPersistencePage, PERSISTENCE_PAGE } from './persistence-page';

const LABEL = uuidFrom(randomFrom(1)) as LabelId;

test('a full disk: the edit is refused with a way out, what was saved stays, and space makes it work again', async () => {
  const disk = mountSmallDisk();
  test.skip(disk === null, 'skipped: a small disk to fill can only be mounted by root on Linux');
  if (disk === null) return;
  const folders = { home: temporaryFolder('home'), profile: path.join(disk.folder, 'profile') };
  let launched = await launchPersistence(folders);
  try {
    const project = await launched.page.evaluate(
      (label) => window.persistencePage.seedProject(1, [label]),
      LABEL,
    );
    const [image] = await launched.page.evaluate((id) => window.persistencePage.imagesOf(id), project.id);
    if (image === undefined) throw new Error('no image');
    const draw = (howMany: number) =>
      launched.page.evaluate(
        (args) => window.persistencePage.draw(args.imageId, args.label, 5, args.howMany),
        { imageId: image.id, label: LABEL, howMany },
      );
    const stored = async () => {
      const dump = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
      return { receipt: dump.pictures[0]?.receipt.count, counted: dump.project.counts.annotations };
    };
    expect(await draw(3)).toMatchObject({ ok: true });

    disk.fill();
    let acknowledged = 3;
    let refusal: Awaited<ReturnType<typeof draw>> | null = null;
    for (let attempt = 0; attempt < 20 && refusal === null; attempt += 1) {
      const drawn = await draw(200);
      if (drawn.ok) acknowledged += 200;
      else refusal = drawn;
    }
    expect(refusal).toMatchObject({ ok: false, error: { code: 'database.quota' } });
    expect(refusal).toHaveProperty('error.message', expect.stringContaining('Free some space'));

    // Without a restart: Chromium has closed the database, and the next edit opens it again.
    disk.empty();
    expect(await draw(1)).toMatchObject({ ok: true });
    expect(await stored()).toEqual({ receipt: acknowledged + 1, counted: acknowledged + 1 });

    // A power cut while the disk is full loses nothing either.
    disk.fill();
    await draw(200);
    await launched.kill9();
    disk.empty();
    launched = await launchPersistence(folders);
    expect(await stored()).toEqual({ receipt: acknowledged + 1, counted: acknowledged + 1 });
  } finally {
    await launched.close();
    disk.unmount();
  }
});

test('a database that a newer version wrote is left alone, with a way out', async () => {
  const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
  const launched = await launchPersistence(folders);
  try {
    await launched.page.evaluate((label) => window.persistencePage.seedProject(4, [label]), LABEL);
    await launched.page.evaluate(() => window.persistencePage.raiseDatabaseVersion());
    await loadPersistencePage(launched.page, false);
    const error = await launched.page.evaluate(() => window.persistencePage.open());
    expect(error).toMatchObject({ code: 'database.newer-version' });
    expect(error?.message).toContain('install the newer version');
    const kept = await launched.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open('groundmark');
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const db = request.result;
            const read = db.transaction('imagePages').objectStore('imagePages').getAll();
            read.onsuccess = () =>
              resolve({ version: db.version, images: read.result[0]?.text.split('\n').length });
          };
        }),
    );
    expect(kept).toEqual({ version: 990, images: 4 });
  } finally {
    await launched.close();
  }
});

test('a damaged record says so, is not overwritten, and comes back from the journal', async () => {
  const launched = await launchPersistence();
  const { page } = launched;
  try {
    const project = await page.evaluate((label) => window.persistencePage.seedProject(2, [label]), LABEL);
    const [image, other] = await page.evaluate((id) => window.persistencePage.imagesOf(id), project.id);
    if (image === undefined || other === undefined) throw new Error('no image');
    for (const imageId of [image.id, other.id]) {
      await page.evaluate((args) => window.persistencePage.draw(args.imageId, args.label, 5, 100), {
        imageId,
        label: LABEL,
      });
    }
    const before = await page.evaluate((id) => window.persistencePage.dump(id), project.id);
    await page.evaluate((id) => window.persistencePage.damageRecord(id), image.id);
    await page.goto(PERSISTENCE_PAGE);
    await loadPersistencePage(page);

    const load = () =>
      page.evaluate((id) => window.persistencePage.persistence.annotations.load(id), image.id);
    expect(await load()).toMatchObject({ ok: false, error: { code: 'record.damaged' } });
    const drawn = await page.evaluate((args) => window.persistencePage.draw(args.imageId, args.label, 6), {
      imageId: image.id,
      label: LABEL,
    });
    expect(drawn).toMatchObject({ ok: false, error: { code: 'record.damaged' } });
    expect(await load()).toMatchObject({ ok: false });

    const rebuilt = await page.evaluate(
      (id) => window.persistencePage.persistence.annotations.rebuildFromJournal(id),
      image.id,
    );
    expect(rebuilt).toMatchObject({ ok: true });
    const after = await page.evaluate((id) => window.persistencePage.dump(id), project.id);
    expect(after.pictures[0]?.set.annotations).toEqual(before.pictures[0]?.set.annotations);
    expect(after.pictures[0]?.receipt.hash).toBe(before.pictures[0]?.receipt.hash);
    expect(after.pictures[1]).toEqual(before.pictures[1]);
    expect(after.project.counts).toEqual(before.project.counts);
  } finally {
    await launched.close();
  }
});
