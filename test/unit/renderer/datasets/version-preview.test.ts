import { expect, it } from 'vitest';
import type { Survey, SurveyedImage } from '../../../../renderer/datasets/survey';
import { previewVersion } from '../../../../renderer/datasets/version-preview';
import { mergeLabels } from '../../../../shared/actions/label-schema/merge-labels';
import type { ImageState } from '../../../../shared/schema/annotation';
import type { LabelId, Sha256 } from '../../../../shared/schema/ids';
import { SCHEMA_TEMPLATES } from '../../../../shared/templates';
import { createLabelSchema } from '../../../../shared/templates/label-template';

const schema = createLabelSchema(SCHEMA_TEMPLATES['road-scene'], () => crypto.randomUUID());
const idOf = (name: string) => schema.labels.find((label) => label.name === name)?.id as LabelId;

const NOT_REVIEWED: SurveyedImage['review'] = { stage: 'annotation', verdict: null, isChangedSince: false };

const image = (
  hash: string,
  state: ImageState,
  counts: Record<string, number> = {},
  review = NOT_REVIEWED,
) => ({
  review,
  imageId: `${hash}-${Math.random()}`,
  folder: 'street',
  contentHash: hash,
  state,
  labelCounts: new Map(Object.entries(counts).map(([name, count]) => [idOf(name), count])),
});
const survey: Survey = {
  images: [
    image('a', 'labelled', { car: 2, truck: 1 }),
    image('b', 'labelled', { pedestrian: 4 }),
    image('c', 'confirmedEmpty'),
    image('d', 'unlabelled'),
  ],
  contentKey: ''.padEnd(64, '0') as Sha256,
};
const filter = { states: ['labelled' as const, 'confirmedEmpty' as const], labelIds: [] as LabelId[] };
const allTrain = {
  seed: '1',
  ratios: { train: 1, val: 0, test: 0 },
  groupBy: 'image' as const,
  isStratified: false,
};

it('counts images of the chosen states, and says how many stay out', () => {
  const preview = previewVersion(survey, schema, filter, allTrain);
  expect(preview).toMatchObject({ images: 3, annotations: 7, leftOut: 1 });
  expect(preview.bySplit).toEqual({
    train: { images: 3, annotations: 7 },
    val: { images: 0, annotations: 0 },
    test: { images: 0, annotations: 0 },
  });
  expect(preview.byLabel.map(({ name, total }) => [name, total])).toEqual([
    ['car', 2],
    ['truck', 1],
    ['pedestrian', 4],
  ]);
});

it('keeps an image whose annotations the choice of labels leaves out, as a true negative', () => {
  const preview = previewVersion(survey, schema, { ...filter, labelIds: [idOf('car')] }, allTrain);
  expect(preview).toMatchObject({ images: 3, annotations: 2 });
});

it('counts merged labels as what they were merged into, also when one chooses by label', () => {
  const merged = mergeLabels(schema, { fromId: idOf('truck'), intoId: idOf('car') });
  if (!merged.ok) throw new Error(merged.error.message);
  const chosen = { ...filter, labelIds: [idOf('truck')] };
  expect(
    previewVersion(survey, merged.value, chosen, allTrain).byLabel.map((l) => [l.name, l.total]),
  ).toEqual([['car', 3]]);
});

it('counts how far images were reviewed, and leaves out what is not accepted when that is asked', () => {
  const accepted = { stage: 'accepted', verdict: 'accepted', isChangedSince: false } as const;
  const reviewed: Survey = {
    ...survey,
    images: [
      image('a', 'labelled', { car: 1 }, accepted),
      image('b', 'labelled', { car: 1 }, { ...accepted, isChangedSince: true }),
      // Accepted with its batch: nobody judged it by itself.
      image('c', 'labelled', {}, { ...accepted, verdict: null }),
      image('d', 'labelled', {}, { stage: 'annotation', verdict: 'rejected', isChangedSince: false }),
      image('e', 'labelled'),
    ],
  };
  expect(previewVersion(reviewed, schema, filter, allTrain).coverage).toEqual({
    accepted: 3,
    reviewed: 3,
    total: 5,
    changedSince: 1,
  });
  const only = previewVersion(reviewed, schema, { ...filter, stages: ['accepted'] }, allTrain);
  expect([only.images, only.leftOut, only.coverage.total]).toEqual([3, 2, 3]);
});
