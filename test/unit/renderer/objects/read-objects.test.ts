import { expect, it } from 'vitest';
import { describeObjects, facetsOf, objectsByImage } from '../../../../renderer/objects/describe-objects';
import { createObjectTable } from '../../../../renderer/objects/object-table';
import { readObjects, rereadObjects } from '../../../../renderer/objects/read-objects';
import { changedImages } from '../../../../renderer/persistence/labelled-images';
import type { AnnotationId } from '../../../../shared/schema/ids';
import type { ImportedAnnotation } from '../../../../shared/schema/imported-annotation';
import { importImages, incoming } from '../../../harness/import-labels';
import {
  annotation,
  CAR,
  edit,
  openFixture,
  openRawDatabase,
  projectWithImages,
  ROAD_SCHEMA,
  SIGN,
  unwrap,
} from '../persistence/persistence-fixture';

const box = (x: number, label = 0): ImportedAnnotation => ({
  label,
  shape: { type: 'box', x, y: 10, width: 20, height: 30 },
});

/**
 * 250 images: the first 200 have an imported box each at x = ordinal, image 3 has two; image 201 was drawn on by hand,
 * image 5 was edited after the import.
 */
async function labelledProject() {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 250 }, (_, n) => `${String(n).padStart(3, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  unwrap(
    await importImages(persistence.annotations, project.id, {
      labelIds: [CAR, SIGN],
      schemaAfter: ROAD_SCHEMA,
      images: images
        .slice(0, 200)
        .map((image) =>
          incoming(
            image,
            image.ordinal === 3 ? [box(3), box(103, 1)] : [box(image.ordinal, image.ordinal % 2)],
          ),
        ),
      imagesPerBatch: 70,
    }),
  );
  const [, , , , , fifth] = images;
  const drawn = images[201];
  if (fifth === undefined || drawn === undefined) throw new Error('no images');
  unwrap(await edit(persistence, drawn, { added: [annotation({ labelId: SIGN })] }));
  unwrap(await edit(persistence, fifth, { added: [annotation({ labelId: CAR })] }));
  const db = await openRawDatabase();
  const table = createObjectTable();
  const progress: number[] = [];
  const read = () =>
    readObjects(
      db,
      project.id,
      table,
      ({ images: done }) => void progress.push(done),
      new AbortController().signal,
    );
  return { persistence, project, images, db, table, read, progress };
}

it('reads imported, edited and drawn objects, page after page', async () => {
  const { table, read, progress } = await labelledProject();
  expect(await read()).toEqual({ damaged: 0 });
  expect(progress).toEqual([100, 200, 250]);
  expect(table.size).toBe(203);
  expect(table.imageCount).toBe(250);
  const { x, ordinal } = table.columns();
  expect([...table.rowsOf(3)].map((row) => x[row])).toEqual([3, 103]);
  expect([...table.rowsOf(5)].map((row) => x[row])).toEqual([5, 10]);
  expect([...table.rowsOf(201)].map((row) => ordinal[row])).toEqual([201]);
  expect(table.rowsOf(202)).toHaveLength(0);
});

it('follows edits of named images, and finds what changed when nobody names them', async () => {
  const { persistence, project, images, db, table, read } = await labelledProject();
  await read();
  const [first, second] = images;
  if (first === undefined || second === undefined) throw new Error('no images');
  unwrap(await edit(persistence, first, { added: [annotation()] }));
  expect(table.rowsOf(0)).toHaveLength(1);
  await rereadObjects(db, project.id, table, [0]);
  expect(table.rowsOf(0)).toHaveLength(2);

  const stored = unwrap(await persistence.annotations.load(second.id)).annotations;
  unwrap(await edit(persistence, second, { removed: stored, order: [stored.map(({ id }) => id), []] }));
  const changed = await changedImages(db, project.id, table.images(), table.imageCount);
  expect(changed).toEqual([1]);
  await rereadObjects(db, project.id, table, changed);
  expect(table.rowsOf(1)).toHaveLength(0);
  expect(table.size).toBe(203);
  expect(await changedImages(db, project.id, table.images(), table.imageCount)).toEqual([]);
});

it('counts damaged images and reads the others', async () => {
  const { db, images, read, table } = await labelledProject();
  await db.annotationSets.update(images[201]?.id as never, { text: '{"no":"annotation"}' });
  expect(await read()).toEqual({ damaged: 1 });
  expect(table.size).toBe(202);
});

it('says what objects are, how many have what, and which images they lie in', async () => {
  const { db, project, images, read, table } = await labelledProject();
  await read();
  const row = table.rowsOf(3)[1] ?? -1;
  const [detail] = await describeObjects(db, project.id, table, [row]);
  expect(detail).toMatchObject({
    row,
    labelId: SIGN,
    shapeType: 'box',
    origin: 'import',
    bounds: { x: 103, y: 10, width: 20, height: 30 },
    image: { id: images[3]?.id, key: '003.jpg' },
    score: null,
  });
  // Closed: it ends where it began.
  expect([...(detail?.outline[0] ?? [])]).toHaveLength(10);
  // Of the 200 imported ones that are even or image 3's first, and the one drawn on image 5.
  const facets = facetsOf(table, {});
  expect(facets.labels).toEqual([
    { value: CAR, count: 100 + 1 + 1 },
    { value: SIGN, count: 99 + 1 + 1 },
  ]);
  expect(facets.hasScores).toBe(false);
  const rows = Uint32Array.from([row, table.rowsOf(201)[0] ?? -1, table.rowsOf(3)[0] ?? -1]);
  const byImage = objectsByImage(table, rows);
  expect(byImage.map(({ imageId, ids }) => [imageId, ids.length])).toEqual([
    [images[3]?.id, 2],
    [images[201]?.id, 1],
  ]);
  expect(byImage[0]?.ids).toContain(detail?.id as AnnotationId);
});
