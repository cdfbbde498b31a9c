import { expect, it } from 'vitest';
import { createAnswerSets } from '../../../../renderer/quality/answers/answer-sets';
import { createSeenCounts } from '../../../../renderer/quality/answers/seen-counts';
import { DEFAULT_REVIEW_POLICY } from '../../../../shared/schema/review-policy';
import { annotation, edit, openFixture, projectWithImages, unwrap } from '../persistence/persistence-fixture';

const BEN = { personId: null, name: 'Ben', role: 'labeller' } as const;

/** Ten pictures, five of them begun and with ground truth; half of what Ben gets are honeypots. */
async function measured() {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: 10 }, (_, index) => `${index}.jpg`);
  const { project, images } = await projectWithImages(persistence, keys);
  for (const image of images.slice(0, 5)) {
    unwrap(await edit(persistence, image, { added: [annotation()] }));
    unwrap(
      await persistence.layers.create(
        project.id,
        [{ imageId: image.id, purpose: 'groundTruth', from: 'image' }],
        { code: 'layer.useAsTruth', label: 'Use as ground truth' },
      ),
    );
  }
  unwrap(
    await persistence.records.put(
      project.id,
      [{ kind: 'policy', id: 'policy', value: { ...DEFAULT_REVIEW_POLICY, honeypotShare: 0.5 } }],
      { code: 'policy.change', label: 'Set how the project is reviewed' },
    ),
  );
  persistence.setSession(BEN);
  const countsNow = async () => unwrap(await persistence.projects.get(project.id)).counts;
  return { persistence, project, images, countsNow };
}

it('counts honeypots as whoever answers them sees them, and follows their answers', async () => {
  const { persistence, project, images, countsNow } = await measured();
  const answers = createAnswerSets(persistence, project.id);
  const list = await answers.listFor(unwrap(await persistence.images.list(project.id, {})), {});
  const seen = createSeenCounts(persistence, project.id);
  /** What the rows of the list say, counted one by one. */
  const counted = async () => {
    const rows = await list.window(0, list.total);
    return rows.filter(({ state }) => state === 'unlabelled').length;
  };
  // Five others make five honeypots the wish: all pictures with ground truth are such.
  expect((await countsNow()).unlabelled).toBe(5);
  expect(await counted()).toBe(10);
  expect(await seen.of(await countsNow())).toMatchObject({ images: 10, unlabelled: 10, inProgress: 0 });

  const [honeypot] = images;
  if (honeypot === undefined) throw new Error('no image');
  const setId = unwrap(await answers.openSetFor(honeypot.id));
  await seen.changed([honeypot.id]);
  expect(await seen.of(await countsNow())).toMatchObject({ unlabelled: 10 });
  unwrap(await edit(persistence, { ...honeypot, id: setId }, { added: [annotation()] }));
  await seen.changed([setId]);
  expect(await seen.of(await countsNow())).toMatchObject({ unlabelled: 9, inProgress: 1, labelled: 0 });
  unwrap(await answers.setSubmitted(setId, true));
  await seen.changed([honeypot.id]);
  expect(await seen.of(await countsNow())).toMatchObject({ unlabelled: 9, inProgress: 0, labelled: 1 });
  expect(await counted()).toBe(9);
});

it('counts images as they are for whoever reviews', async () => {
  const { persistence, project, countsNow } = await measured();
  persistence.setSession({ ...BEN, role: 'reviewer' });
  const seen = createSeenCounts(persistence, project.id);
  expect(await seen.of(await countsNow())).toMatchObject({ unlabelled: 5, inProgress: 5 });
});
