import { expect, it } from 'vitest';
import type { Services } from '../../../../renderer/app/services';
import { findMissing } from '../../../../renderer/imports/find-missing';
import { type AppErrorCode, appError } from '../../../../shared/result/app-error';
import { err } from '../../../../shared/result/result';
import { openFixture, projectWithImages, unwrap } from '../persistence/persistence-fixture';

/** The real store, and a main process that answers every question about files with this failure. */
async function lookThrough(code: AppErrorCode) {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg']);
  const bridge = { invoke: async () => err(appError(code, 'Not now.')) } as unknown as Services['bridge'];
  const looked = await findMissing({ bridge, persistence }, project.id, new AbortController().signal);
  const marks = await Promise.all(
    images.map(async ({ id }) => unwrap(await persistence.images.get(id)).isMissing),
  );
  return { looked, marks };
}

it('takes the files of a folder that main does not know any more for missing', async () => {
  const { looked, marks } = await lookThrough('file.unknown-grant');
  expect(looked.ok && looked.value[0]?.isAvailable).toBe(false);
  expect(marks).toEqual([1, 1]);
});

it('learns nothing about files while nobody is signed in', async () => {
  const { looked, marks } = await lookThrough('people.not-permitted');
  expect(looked).toMatchObject({ ok: false, error: { code: 'people.not-permitted' } });
  expect(marks).toEqual([0, 0]);
});
