import { expect, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { launchPersistence } from './persistence-page';

const LABEL = '5f0c1c7e-4b1e-4a39-8f43-0d6a4ad3a001' as LabelId;
const IMAGES = 300;
const ROUNDS = 100;

/**
 * Transactions that run beside each other must not take each other's ends for their own, as Dexie does when too many
 * native awaits lie between two steps of one; no database but Chromium's shows it.
 */
test('images with and without a row are read, drawn on and marked at once, and none of it fails', async () => {
  test.setTimeout(120_000);
  const launched = await launchPersistence();
  try {
    const failures = await launched.page.evaluate(
      async ({ label, count, rounds }) => {
        const { persistencePage } = window;
        const { persistence } = persistencePage;
        const project = await persistencePage.seedProject(count, [label]);
        const images = await persistencePage.imagesOf(project.id);
        const idAt = (n: number) => {
          const image = images[n % count];
          if (image === undefined) throw new Error('There is no such image.');
          return image.id;
        };
        for (let n = 0; n < 30; n += 1) await persistencePage.draw(idAt(n * 7), label, 5);
        const found: string[] = [];
        const check = async (work: Promise<{ ok: boolean; error?: { message: string } }>) => {
          const result = await work;
          if (!result.ok) found.push(result.error?.message ?? 'failed');
        };
        for (let round = 0; round < rounds; round += 1) {
          const opened = await persistence.images.list(project.id, {});
          if (!opened.ok) throw new Error(opened.error.message);
          const list = opened.value;
          const at = round * 13;
          await Promise.all([
            check(persistence.annotations.load(idAt((round % 30) * 7))),
            check(persistence.annotations.load(idAt(at))),
            check(persistence.annotations.receipt(idAt(at + 31))),
            check(persistence.images.get(idAt(at + 62))),
            check(persistence.images.setMissing([idAt(at + 93)], round % 2 === 0)),
            list.window(0, 20),
            list.indexOf(idAt(at + 124)),
            list.nextWithState(0, 'unlabelled'),
            persistence.journal.stacks(`image:${idAt(at)}`),
            ...(round % 3 === 0 ? [check(persistencePage.draw(idAt(at + 155), label, 7))] : []),
          ]);
        }
        return found;
      },
      { label: LABEL, count: IMAGES, rounds: ROUNDS },
    );
    expect(failures).toEqual([]);
  } finally {
    await launched.close();
  }
});
