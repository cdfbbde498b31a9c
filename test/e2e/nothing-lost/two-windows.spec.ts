import { expect, type Page, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { randomFrom, uuidFrom } from '../../harness/labelling-script';
import { launchPersistence, openSecondWindow } from './persistence-page';

const LABEL = uuidFrom(randomFrom(1)) as LabelId;

test('two windows on one image: the later edit is refused with a reason, nothing is overwritten', async () => {
  const launched = await launchPersistence();
  try {
    const project = await launched.page.evaluate(
      (label) => window.persistencePage.seedProject(2, [label]),
      LABEL,
    );
    const other = await openSecondWindow(launched);

    const [image] = await launched.page.evaluate((id) => window.persistencePage.imagesOf(id), project.id);
    if (image === undefined) throw new Error('no image');
    // The second window listens, as its image list would.
    const heard = other.evaluate(
      (id) =>
        new Promise((resolve) => {
          window.persistencePage.persistence.images.observe(id, resolve);
        }),
      project.id,
    );
    await other.evaluate(() => undefined);

    const draw = (page: Page, x: number) =>
      page.evaluate((args) => window.persistencePage.draw(args.imageId, args.label, args.x), {
        imageId: image.id,
        label: LABEL,
        x,
      });
    expect(await draw(launched.page, 1)).toMatchObject({ ok: true, value: { revision: 1 } });
    expect(await heard).toEqual({ imageIds: [image.id] });
    expect(await draw(other, 2)).toMatchObject({ ok: true, value: { revision: 2 } });

    // Both read the same revision, then both commit at once: one of them wins.
    const racing = (page: Page, x: number) =>
      page.evaluate(
        async (args) => {
          const { persistence } = window.persistencePage;
          const set = await persistence.annotations.load(args.imageId);
          if (!set.ok) throw new Error(set.error.message);
          const [first] = set.value.annotations;
          if (first === undefined || first.shape.type !== 'box') throw new Error('no box');
          const moved = { ...first, shape: { ...first.shape, x: args.x } };
          return persistence.annotations.commit({
            imageId: args.imageId,
            projectId: set.value.projectId,
            expectedRevision: 2,
            change: {
              origin: 'person',
              code: 'test.move',
              label: 'Move',
              added: [],
              updated: [[first, moved]],
              removed: [],
              order: null,
              status: null,
            },
            after: { ...set.value, annotations: [moved, ...set.value.annotations.slice(1)] },
            targetId: null,
            hasFinding: false,
          });
        },
        { imageId: image.id, x },
      );
    const outcomes = await Promise.all([racing(launched.page, 101), racing(other, 202)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    const refused = outcomes.find((outcome) => !outcome.ok);
    expect(refused).toMatchObject({ error: { code: 'record.conflict' } });
    expect(refused).toHaveProperty('error.message', expect.stringContaining('another window'));

    const dump = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
    const winner = outcomes[0]?.ok ? 101 : 202;
    expect(dump.pictures[0]?.set.annotations.map(({ shape }) => shape)).toMatchObject([
      { x: winner },
      { x: 2 },
    ]);
    // One line for the project, three for the edits that were saved.
    expect(dump.chain.length).toBe(4);
    expect(dump.project.counts.annotations).toBe(2);
  } finally {
    await launched.close();
  }
});

test('two windows drawing on different images at once keep one unbroken journal', async () => {
  const launched = await launchPersistence();
  try {
    const project = await launched.page.evaluate(
      (label) => window.persistencePage.seedProject(2, [label]),
      LABEL,
    );
    const other = await openSecondWindow(launched);
    const drawMany = (page: Page, at: number) =>
      page.evaluate(
        async (args) => {
          const image = (await window.persistencePage.imagesOf(args.projectId))[args.at];
          if (image === undefined) throw new Error('no image');
          for (let n = 0; n < 40; n += 1) {
            const drawn = await window.persistencePage.draw(image.id, args.label, n);
            if (!drawn.ok) throw new Error(drawn.error.message);
          }
        },
        { projectId: project.id, at, label: LABEL },
      );
    await Promise.all([drawMany(launched.page, 0), drawMany(other, 1)]);
    const dump = await other.evaluate((id) => window.persistencePage.dump(id), project.id);
    expect(dump.pictures.map(({ set }) => set.annotations.length)).toEqual([40, 40]);
    expect(dump.project.counts).toMatchObject({ annotations: 80, byLabel: { [LABEL]: 80 }, inProgress: 2 });
    expect(dump.chain.length).toBe(81);
  } finally {
    await launched.close();
  }
});
