import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { temporaryFolder } from '../../harness/electron-app';
import { randomFrom, uuidFrom } from '../../harness/labelling-script';
import { launchPersistence } from './persistence-page';

const LABEL = uuidFrom(randomFrom(1)) as LabelId;

/** What a write that was killed half-way leaves: a header that promises 512 bytes, and none or some of them. */
const TORN_RECORDS = [
  Uint8Array.of(1, 2, 3, 4, 0, 2, 1),
  Uint8Array.of(1, 2, 3, 4, 0, 2, 2, ...new Array<number>(100).fill(65)),
];

function currentLog(profile: string): string {
  const store = path.join(profile, 'IndexedDB');
  const folder = fs.readdirSync(store).find((name) => name.endsWith('.leveldb')) ?? '';
  const log = fs.readdirSync(path.join(store, folder)).find((name) => name.endsWith('.log')) ?? '';
  return path.join(store, folder, log);
}

for (const [index, torn] of TORN_RECORDS.entries()) {
  test(`a record torn by a kill costs nothing at any later start (${index + 1})`, async () => {
    const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
    let launched = await launchPersistence(folders);
    const project = await launched.page.evaluate(
      (label) => window.persistencePage.seedProject(1, [label]),
      LABEL,
    );
    const [image] = await launched.page.evaluate((id) => window.persistencePage.imagesOf(id), project.id);
    if (image === undefined) throw new Error('no image');
    const draw = () =>
      launched.page.evaluate((args) => window.persistencePage.draw(args.imageId, args.label, 5), {
        imageId: image.id,
        label: LABEL,
      });
    expect(await draw()).toMatchObject({ ok: true });
    await launched.kill9();
    fs.appendFileSync(currentLog(folders.profile), torn);

    // Chromium by itself reads past the torn record once, writes on behind it, and loses everything the time after.
    for (let start = 1; start <= 3; start += 1) {
      launched = await launchPersistence(folders);
      const dump = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
      expect(dump.pictures[0]?.set.annotations.length, `start ${start}`).toBe(start);
      expect(await draw()).toMatchObject({ ok: true });
      await launched.kill9();
    }
  });
}
