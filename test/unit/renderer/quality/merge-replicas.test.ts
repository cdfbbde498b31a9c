import { expect, test } from 'vitest';
import { changeOf } from '../../../../renderer/quality/merge-replicas';
import { applyChange } from '../../../../shared/document/change-set';
import { documentFromSet } from '../../../../shared/document/image-document';
import { mergeConsensus } from '../../../../shared/quality/agreement/merge-consensus';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId, ProjectId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';

const SIZE = { width: 640, height: 480 };
let number = 0;
const newId = () => `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`;

function box(labelId: string, x: number): Annotation {
  return {
    id: newId() as AnnotationId,
    labelId: labelId as LabelId,
    shape: { type: 'box', x, y: 0, width: 100, height: 80 },
    attributes: {},
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'Ada',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    revision: 0,
  };
}

const merge = {
  image: { id: 'i' as ImageId, ...SIZE } as ImageRecord,
  people: ['Ada', 'Ben', 'Cy'],
  consensus: mergeConsensus([
    { annotator: 'Ada', objects: [box('car', 0), box('car', 200)] },
    { annotator: 'Ben', objects: [box('car', 0), box('car', 200)] },
    { annotator: 'Cy', objects: [box('car', 0), box('bus', 400)] },
  ]),
};
const stamp = { actor: 'Lea', at: '2026-02-01T00:00:00.000Z' };

test('settled objects become the labels, others go, and merging again changes nothing', () => {
  const before = documentFromSet(
    {
      imageId: 'i' as ImageId,
      projectId: 'p' as ProjectId,
      revision: 1,
      annotations: [box('car', 0), box('bike', 300)],
      status: UNLABELLED_STATUS,
    },
    SIZE,
  );
  const change = changeOf(before, merge, stamp, newId);
  // The car at 0 is there already and keeps its history; the bike that nobody drew goes.
  expect(change.added.map(({ labelId, shape }) => [labelId, shape.type === 'box' && shape.x])).toEqual([
    ['car', 200],
  ]);
  expect(change.removed.map(({ labelId }) => labelId)).toEqual(['bike']);
  const after = applyChange(before, change);
  const again = changeOf(after, merge, stamp, newId);
  expect([again.added, again.removed]).toEqual([[], []]);
});
