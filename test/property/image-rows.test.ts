import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageIdAt, ordinalSaidBy, saysItsPlace } from '../../renderer/persistence/image-ids';
import {
  IMAGES_PER_PAGE,
  imagesOfPage,
  pageReader,
  storedPage,
} from '../../renderer/persistence/image-pages';
import type { Persistence } from '../../renderer/persistence/ports';
import { ImageId, type ProjectId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import {
  annotation,
  edit,
  openFixture,
  projectWithImages,
  SOURCE,
  scanned,
  unwrap,
} from '../unit/renderer/persistence/persistence-fixture';

const uuid = fc.uuid({ version: 4 });

test('an image id is a UUID that says its place, whatever the project and the place', () => {
  const cases = fc.tuple(uuid, uuid, fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(cases, ([random, project, ordinal]) => {
      const id = imageIdAt(random, project as ProjectId, ordinal);
      expect(ImageId.safeParse(id).success).toBe(true);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(ordinalSaidBy(id)).toBe(ordinal);
      expect(saysItsPlace(id, project as ProjectId, ordinal)).toBe(true);
      expect(saysItsPlace(id, project as ProjectId, (ordinal + 1) % 2 ** 32)).toBe(false);
    }),
  );
});

test('a page gives back what was put in, whole and one by one, whatever characters the names have', () => {
  const key = fc.string({ minLength: 1, unit: 'binary' });
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: IMAGES_PER_PAGE }), uuid, (keys, project) => {
      const projectId = project as ProjectId;
      const images = keys.map((name, index) => ({
        ...scanned('x.jpg', name),
        key: name,
        id: imageIdAt(project, projectId, IMAGES_PER_PAGE + index),
        sourceId: SOURCE,
        isMissing: index % 2 === 0 ? (0 as const) : (1 as const),
        duplicateOfId: index % 3 === 0 ? null : imageIdAt(project, projectId, 0),
      }));
      const page = storedPage(projectId, 1, images);
      expect(imagesOfPage(page)).toEqual(images);
      const imageAt = pageReader(page);
      expect(images.map((_, index) => imageAt(IMAGES_PER_PAGE + index))).toEqual(images);
      expect(imageAt(IMAGES_PER_PAGE - 1)).toBeUndefined();
      expect(imageAt(IMAGES_PER_PAGE + images.length)).toBeUndefined();
    }),
  );
});

/** What a project should hold, as one plain list. */
interface ModelImage {
  key: string;
  hash: string;
  isMissing: 0 | 1;
  readonly duplicateOf: number | null;
  boxes: number;
}

type Step =
  | { readonly kind: 'add'; readonly count: number; readonly copyOf: number }
  | { readonly kind: 'rewrite' | 'edit' | 'lose' | 'find' | 'move'; readonly at: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    count: fc.integer({ min: 1, max: 130 }),
    copyOf: fc.nat(500),
  }),
  fc.record({
    kind: fc.constantFrom('rewrite' as const, 'edit', 'edit', 'lose', 'find', 'move'),
    at: fc.nat(500),
  }),
);

test('pages and rows together are one list, whatever was added, edited, lost, found, moved and rewritten', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const { persistence } = await openFixture();
      const { project } = await projectWithImages(persistence, []);
      const model: ModelImage[] = [];
      for (const [number, taken] of steps.entries()) {
        await carryOut(persistence, project.id, model, taken, number);
      }
      await expectSame(persistence, project.id, model);
      persistence.close();
    }),
    { numRuns: 40 },
  );
}, 60_000);

async function carryOut(
  persistence: Persistence,
  projectId: ProjectId,
  model: ModelImage[],
  taken: Step,
  number: number,
): Promise<void> {
  const scan = async (files: readonly { key: string; hash: string }[]) =>
    unwrap(
      await persistence.images.addScanned(projectId, SOURCE, {
        images: files.map(({ key, hash }) => scanned(key, hash)),
        problems: [],
        cursor: null,
        isLast: true,
      }),
    );
  if (taken.kind === 'add') {
    const original = model.length === 0 ? null : taken.copyOf % model.length;
    const files = Array.from({ length: taken.count }, (_, n) => {
      // The first new file is a copy of an earlier one that is where it should be.
      const isCopy = n === 0 && original !== null && model[original]?.isMissing === 0;
      const hash = isCopy ? (model[original]?.hash ?? '') : `${number}.${n}`;
      return { key: `${number}/${n}.jpg`, hash };
    });
    const before = model.length;
    await scan(files);
    for (const file of files) {
      const first = model.slice(0, before).findIndex(({ hash }) => hash === file.hash);
      const stillLost = model.find(({ hash, isMissing }) => hash === file.hash && isMissing === 1);
      if (stillLost !== undefined) {
        stillLost.key = file.key;
        stillLost.isMissing = 0;
      } else model.push({ ...file, isMissing: 0, duplicateOf: first < 0 ? null : first, boxes: 0 });
    }
    return;
  }
  const ordinal = model.length === 0 ? -1 : taken.at % model.length;
  const image = model[ordinal];
  if (image === undefined) return;
  const list = unwrap(await persistence.images.list(projectId, {}));
  const [record] = await list.window(ordinal, ordinal + 1);
  if (record === undefined) throw new Error(`image ${ordinal} is not there`);
  if (taken.kind === 'edit') {
    unwrap(await edit(persistence, record, { added: [annotation()] }));
    image.boxes += 1;
  } else if (taken.kind === 'rewrite') {
    image.hash = `rewritten ${number}`;
    image.isMissing = 0;
    await scan([image]);
  } else if (taken.kind === 'move') {
    const hasTwin = model.some((other) => other !== image && other.hash === image.hash);
    if (hasTwin) return;
    unwrap(await persistence.images.setMissing([record.id], true));
    image.key = `moved ${number}.jpg`;
    image.isMissing = 0;
    await scan([image]);
  } else {
    image.isMissing = taken.kind === 'lose' ? 1 : 0;
    unwrap(await persistence.images.setMissing([record.id], image.isMissing === 1));
  }
}

async function expectSame(
  persistence: Persistence,
  projectId: ProjectId,
  model: readonly ModelImage[],
): Promise<void> {
  const records = async (filter: Parameters<Persistence['images']['list']>[1]) => {
    const list = unwrap(await persistence.images.list(projectId, filter));
    return { list, found: await list.window(0, list.total) };
  };
  const { list, found: all } = await records({});
  const seen = (image: ImageRecord) => ({
    key: image.key,
    hash: image.contentHash,
    isMissing: image.isMissing,
    duplicateOf: image.duplicateOfId === null ? null : all.findIndex(({ id }) => id === image.duplicateOfId),
    boxes: image.annotationCount,
    state: image.state,
    ordinal: image.ordinal,
  });
  const expected = model.map((image, ordinal) => ({
    ...image,
    hash: scanned('x', image.hash).contentHash,
    state: image.boxes > 0 ? 'inProgress' : 'unlabelled',
    ordinal,
  }));
  expect(all.map(seen)).toEqual(expected);
  expect((await list.window(95, 205)).map(seen)).toEqual(expected.slice(95, 205));

  const some = all.filter((_, ordinal) => ordinal % 17 === 0);
  for (const image of some) {
    expect(unwrap(await persistence.images.get(image.id))).toEqual(image);
    expect(await list.indexOf(image.id)).toBe(image.ordinal);
  }
  const ordinalsBy = (test: (image: (typeof expected)[number]) => boolean) =>
    expected.filter(test).map(({ ordinal }) => ordinal);
  const filters = [
    [{ isMissing: true }, ordinalsBy((image) => image.isMissing === 1)],
    [{ isMissing: false, isDuplicate: true }, ordinalsBy((i) => i.isMissing === 0 && i.duplicateOf !== null)],
    [{ isDuplicate: false }, ordinalsBy((image) => image.duplicateOf === null)],
    [{ states: ['unlabelled'] }, ordinalsBy((image) => image.boxes === 0)],
    [{ states: ['inProgress', 'labelled'] }, ordinalsBy((image) => image.boxes > 0)],
    [
      { states: ['unlabelled'], nameContains: 'MOVED' },
      ordinalsBy((i) => i.boxes === 0 && /^moved/.test(i.key)),
    ],
    [{ hasFinding: true }, []],
  ] as const;
  for (const [filter, ordinals] of filters) {
    const filtered = await records(filter);
    expect(filtered.found.map(seen)).toEqual(ordinals.map((ordinal) => expected[ordinal]));
    const next = await filtered.list.nextWithState(0, 'unlabelled');
    const free = ordinals.flatMap((ordinal, at) => (expected[ordinal]?.boxes === 0 ? [at] : []));
    expect(next).toBe(free.find((at) => at > 0) ?? free[0] ?? -1);
  }
  const counts = unwrap(await persistence.projects.get(projectId)).counts;
  expect(counts).toMatchObject({
    images: model.length,
    unlabelled: model.filter(({ boxes }) => boxes === 0).length,
  });
}
