import { expect, test } from 'vitest';
import { createJobs } from '../../../../renderer/app/jobs';
import type { Services } from '../../../../renderer/app/services';
import { createToasts } from '../../../../renderer/app/toasts';
import type { Gallery } from '../../../../renderer/gallery/create-gallery';
import { rejectObjects } from '../../../../renderer/gallery/edit-objects';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import { ok } from '../../../../shared/result/result';
import type { PersonId } from '../../../../shared/schema/ids';
import type { Role } from '../../../../shared/schema/person';
import {
  annotation,
  edit,
  openFixture,
  projectWithImages,
  testId,
  unwrap,
} from '../persistence/persistence-fixture';

const person = (name: string, role: Role) => ({ personId: testId() as PersonId, name, role });

/** Two objects in a picture that Liv handed in, and one in a picture that she works on; all three are selected. */
async function threeSelected(role: Role) {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['in-review.jpg', 'at-work.jpg']);
  const [inReview, atWork] = images as [(typeof images)[0], (typeof images)[0]];
  persistence.setSession(person('Liv', 'labeller'));
  const [one, two, three] = [annotation(), annotation(), annotation()];
  unwrap(await edit(persistence, inReview, { added: [one, two] }));
  unwrap(await edit(persistence, atWork, { added: [three] }));
  const set = unwrap(await persistence.annotations.load(inReview.id));
  const seen = {
    revision: set.revision,
    count: set.annotations.length,
    hash: hashOfAnnotations(set.annotations),
  };
  const words = { code: 'review.submit', label: 'Hand in' };
  unwrap(await persistence.reviews.act(project.id, [inReview.id], [{ kind: 'submitted', seen }], words));
  persistence.setSession(person('Ria', role));
  const toasts = createToasts();
  const services = {
    persistence,
    toasts,
    jobs: createJobs(),
    editor: { settled: async () => ok(null) },
  } as unknown as Services;
  const gallery = {
    objects: {
      targets: async () =>
        ok([
          { imageId: inReview.id, ids: [one.id, two.id] },
          { imageId: atWork.id, ids: [three.id] },
        ]),
      reread: () => undefined,
    },
  } as unknown as Gallery;
  const reject = () =>
    rejectObjects(services, { project, gallery, rows: Uint32Array.of(0, 1, 2) }, 'wrongLabel');
  const reviews = () => persistence.reviews.many(project.id, [inReview.id, atWork.id]).then(unwrap);
  return { persistence, inReview, atWork, one, two, three, toasts, reject, reviews };
}

test('rejecting marks each object, hands back what waits for review, and is taken back whole', async () => {
  const { inReview, atWork, one, two, three, toasts, reject, reviews } = await threeSelected('reviewer');
  await reject();
  const after = await reviews();
  expect(after.get(inReview.id)).toMatchObject({ stage: 'annotation', state: 'rejected' });
  expect(after.get(inReview.id)?.defects.map(({ annotationId, code }) => [annotationId, code])).toEqual([
    [one.id, 'wrongLabel'],
    [two.id, 'wrongLabel'],
  ]);
  // Nobody handed the other picture in, so there is nothing to hand back.
  expect(after.get(atWork.id)?.stage).toBe('annotation');
  expect(after.get(atWork.id)?.state).not.toBe('rejected');
  expect(after.get(atWork.id)?.defects.map(({ annotationId }) => annotationId)).toEqual([three.id]);
  const [toast] = toasts.shown.get();
  expect(toast?.message).toContain('3 objects marked: wrong label. 1 image rejected.');

  await toast?.action?.run();
  const back = await reviews();
  expect(back.get(inReview.id)?.stage).toBe('review');
  expect([...back.values()].flatMap(({ defects }) => defects)).toEqual([]);
});

test('a labeller who asks for it is told why not, and nothing is marked', async () => {
  const { inReview, toasts, reject, reviews } = await threeSelected('labeller');
  await reject();
  expect(toasts.shown.get().map(({ tone, message }) => [tone, message])).toEqual([
    ['error', expect.stringContaining('Ria is signed in as labeller')],
  ]);
  const after = await reviews();
  expect(after.get(inReview.id)?.stage).toBe('review');
  expect([...after.values()].flatMap(({ defects }) => defects)).toEqual([]);
});
