import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { temporaryFolder } from '../../harness/electron-app';
import { randomFrom, uuidFrom } from '../../harness/labelling-script';
import { launchPersistence } from './persistence-page';

const LABEL = uuidFrom(randomFrom(1)) as LabelId;

test('a database that Chromium threw away is noticed at the next start and comes back from a backup', async () => {
  const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
  let launched = await launchPersistence(folders);
  const project = await launched.page.evaluate(
    (label) => window.persistencePage.seedProject(3, [label]),
    LABEL,
  );
  const images = await launched.page.evaluate((id) => window.persistencePage.imagesOf(id), project.id);
  for (const image of images) {
    const drawn = await launched.page.evaluate(
      (args) => window.persistencePage.draw(args.imageId, args.label, 5, 100),
      { imageId: image.id, label: LABEL },
    );
    expect(drawn).toMatchObject({ ok: true });
  }
  const before = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
  const made = await launched.page.evaluate(
    (id) => window.persistencePage.persistence.backups.backup(id, 'manual'),
    project.id,
  );
  expect(made).toMatchObject({ ok: true });
  expect(await launched.page.evaluate(() => window.persistencePage.persistence.vanishedProjects())).toEqual(
    [],
  );
  await launched.close();

  fs.rmSync(path.join(folders.profile, 'IndexedDB'), { recursive: true });
  launched = await launchPersistence(folders);
  try {
    expect(await launched.page.evaluate(() => window.persistencePage.persistence.vanishedProjects())).toEqual(
      [{ id: project.id, name: project.name }],
    );
    const restored = await launched.page.evaluate(
      (id) => window.persistencePage.persistence.backups.restore(id),
      made.ok ? made.value.id : '',
    );
    expect(restored).toMatchObject({ ok: true, value: { id: project.id, counts: before.project.counts } });
    const after = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
    expect(after.pictures).toEqual(before.pictures);
    expect(after.chain.length).toBe(before.chain.length + 1);
    expect(await launched.page.evaluate(() => window.persistencePage.persistence.vanishedProjects())).toEqual(
      [],
    );
  } finally {
    await launched.close();
  }
});
