import { expect, it } from 'vitest';
import { rowsAt } from '../../../../renderer/persistence/image-rows';
import {
  annotation,
  edit,
  openFixture,
  openRawDatabase,
  projectWithImages,
  unwrap,
} from './persistence-fixture';

it('gives rows in the order asked for, however dense they are, and nothing where there is none', async () => {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  // Only an image that somebody worked on has a row: every second one.
  for (const image of images.filter(({ ordinal }) => ordinal % 2 === 0))
    unwrap(await edit(persistence, image, { added: [annotation()] }));
  const db = await openRawDatabase();
  const keysOf = async (ordinals: readonly number[]) =>
    (await db.transaction('r', db.images, () => rowsAt(db.images, project.id, ordinals))).map(
      (row) => row?.key,
    );
  expect(await keysOf([4, 5, 6, 8])).toEqual(['04.jpg', undefined, '06.jpg', '08.jpg']);
  expect(await keysOf([0, 19, 38])).toEqual(['00.jpg', undefined, '38.jpg']);
  expect(await keysOf([8, 6, 7, 8])).toEqual(['08.jpg', '06.jpg', undefined, '08.jpg']);
  expect(await keysOf([])).toEqual([]);
  db.close();
});
