import { expect, it } from 'vitest';
import { auditEntryOf, changeInWords } from '../../../../shared/audit/audit-entry';
import { matchesAuditFilter } from '../../../../shared/audit/audit-filter';
import { EMPTY_CHAIN, sealChange } from '../../../../shared/document/chain';
import type { ChangeRecord } from '../../../../shared/schema/change';
import type { AnnotationId, ChangeId, ImageId, LabelId, ProjectId } from '../../../../shared/schema/ids';
import type { ReviewDeed } from '../../../../shared/schema/review';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { CAR, PERSON } from '../../../harness/label-schema';

const imageId = testId(50) as ImageId;
const names = {
  image: (id: string) => (id === imageId ? 'day/1.jpg' : null),
  label: (id: string) => ({ [CAR.id]: 'Car', [PERSON.id]: 'Person' })[id] ?? null,
};

function line(body: ChangeRecord['body'], fields: Partial<ChangeRecord> = {}): ChangeRecord {
  return sealChange(
    {
      id: testId(1) as ChangeId,
      projectId: testId(2) as ProjectId,
      imageId: null,
      scope: 'app',
      groupId: null,
      at: '2026-03-01T12:00:00.000Z',
      actor: 'Ann',
      origin: 'person',
      code: 'a.b',
      label: 'Do',
      targetId: null,
      body,
      ...fields,
    },
    EMPTY_CHAIN,
  );
}
const words = (body: ChangeRecord['body']) => changeInWords(auditEntryOf(line(body), names));

const nothing = {
  kind: 'annotations' as const,
  added: [],
  updated: [],
  removed: [],
  order: null,
  status: null,
};
const car = annotation(1, boxAt(10, 20, 30, 40));

it('says only what of an object differs', () => {
  const update = (fields: Partial<typeof car>) =>
    words({ ...nothing, updated: [[car, { ...car, ...fields, revision: 1 }]] });
  expect(update({ labelId: PERSON.id as LabelId })).toBe('Car → Person');
  expect(update({ shape: boxAt(11, 20, 30, 40) })).toBe('box 30 × 40 at 10, 20 → box 30 × 40 at 11, 20');
  expect(update({ isOccluded: true, note: 'a van?' })).toBe('no flags; no note → occluded; note “a van?”');
  expect(words({ ...nothing, removed: [car] })).toBe('Car, box 30 × 40 at 10, 20 → nothing');
  expect(words({ ...nothing, added: [car], removed: [annotation(2, boxAt(1, 1, 2, 2))] })).toBe(
    '1 added, 1 removed',
  );
});

it('tells of reviews in words, and finds them by image and object', () => {
  const review = (deed: ReviewDeed) =>
    line({
      kind: 'review',
      imageIds: [imageId],
      events: [{ ...deed, id: testId(9), at: '2026-03-01T12:00:00.000Z', by: 'Ann', personId: null }],
    });
  const said = (deed: ReviewDeed) => auditEntryOf(review(deed), names).after;
  const seen = { revision: 4, count: 2, hash: 'a'.repeat(64) } as never;
  expect(said({ kind: 'submitted', seen })).toBe('handed in with 2 objects, revision 4');
  expect(said({ kind: 'judged', verdict: 'rejected', seen, note: 'too loose' })).toBe(
    'rejected, revision 4: “too loose”',
  );
  const defect: ReviewDeed = {
    kind: 'defectMarked',
    defectId: testId(8),
    code: 'wrongLabel',
    severity: 'major',
    annotationId: testId(1) as AnnotationId,
    place: null,
    note: '',
  };
  expect(auditEntryOf(review(defect), names)).toMatchObject({
    kind: 'review',
    image: 'day/1.jpg',
    images: 1,
    objectIds: [testId(1)],
    after: 'major defect: wrong label',
  });
  expect(matchesAuditFilter(review(defect), { objectId: testId(1), imageId, kind: 'review' })).toBe(true);
  expect(matchesAuditFilter(review(defect), { objectId: testId(7) })).toBe(false);
});

it('tells of records by their kind and what of them differs', () => {
  expect(
    words({
      kind: 'record',
      record: 'policy',
      id: 'policy',
      before: { reviewsNeeded: 1 },
      after: { reviewsNeeded: 2 },
    }),
  ).toBe('policy policy → policy policy (reviewsNeeded)');
  expect(words({ kind: 'record', record: 'waiver', id: 'box-tiny', before: { a: 1 }, after: null })).toBe(
    'waiver box-tiny → nothing',
  );
});

it('tells of layers by their purpose, and counts them to the picture', () => {
  const layer = {
    id: testId(70) as ImageId,
    projectId: testId(2) as ProjectId,
    imageId,
    purpose: 'groundTruth' as const,
    owner: { id: null, name: 'Ann' },
    base: null,
    batchId: null,
    createdAt: '2026-03-01T12:00:00.000Z',
    submittedAt: null,
  };
  const record = line({ kind: 'layer', before: null, after: layer });
  expect(auditEntryOf(record, names)).toMatchObject({
    kind: 'layer',
    image: 'day/1.jpg',
    after: 'ground truth of Ann',
  });
});

it('tells of imports by how much they brought, and names their objects for a filter', () => {
  const record = line(
    {
      kind: 'imported',
      labelIds: [CAR.id as LabelId],
      firstAnnotationId: testId(10) as AnnotationId,
      images: [
        { id: imageId, state: 'labelled', annotations: [{ label: 0, shape: boxAt(1, 1, 2, 2) }] },
        {
          id: testId(51) as ImageId,
          state: 'labelled',
          annotations: [{ label: 0, shape: boxAt(1, 1, 2, 2) }],
        },
      ],
    },
    { origin: 'import' },
  );
  expect(auditEntryOf(record, names)).toMatchObject({
    kind: 'import',
    images: 2,
    objects: 2,
    after: '2 objects in 2 images',
  });
  // The second object's id is the first's, counted on by one in its last eight hexadecimal digits.
  expect(matchesAuditFilter(record, { objectId: testId(11) })).toBe(true);
  expect(matchesAuditFilter(record, { objectId: testId(12) })).toBe(false);
});
