import { expect, it } from 'vitest';
import { applyChange, invertChange } from '../../../../shared/document/change-set';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { evaluateRules } from '../../../../shared/rules/annotations/evaluate-rules';
import { runFixes } from '../../../../shared/rules/annotations/run-fixes';
import { openFindings } from '../../../../shared/rules/annotations/waived';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { ImageId } from '../../../../shared/schema/ids';
import { okValue } from '../../../fixtures/ok-value';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { STREET_SCHEMA } from '../../../harness/label-schema';

const CONTEXT = {
  actor: 'tester',
  at: '2026-02-02T00:00:00.000Z',
  newId: countingIds(9_000),
  schema: STREET_SCHEMA,
};

function documentOf(...annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(1) as ImageId,
    size: { width: 200, height: 100 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: { ...UNLABELLED_STATUS, state: 'inProgress' },
  };
}

const wantAll = (document: ImageDocument, fixId: string) =>
  evaluateRules(document, STREET_SCHEMA)
    .filter(({ fixes }) => fixes.some(({ id }) => id === fixId))
    .map(({ id }) => ({ findingId: id, fixId }));

it('of three copies two go, not all', () => {
  const copies = [1, 2, 3].map((n) => annotation(n, boxAt(10, 10, 50, 40)));
  const document = documentOf(...copies);
  // Each copy with each other: three findings.
  const wanted = wantAll(document, 'delete');
  expect(wanted).toHaveLength(3);
  const change = okValue(runFixes(document, wanted, {}, CONTEXT));
  expect(change.removed).toHaveLength(2);
  const after = applyChange(document, change);
  expect([...after.annotations.keys()]).toEqual([copies[0]?.id]);
  expect(applyChange(after, invertChange(change, 'undo')).annotations.size).toBe(3);
});

it('several mends of one object raise its revision once', () => {
  const document = documentOf(annotation(1, boxAt(180, 10, 40, 40), { revision: 4 }));
  const change = okValue(runFixes(document, wantAll(document, 'cut'), {}, CONTEXT));
  expect(change.updated.map(([, after]) => [after.revision, after.shape])).toEqual([
    [5, { type: 'box', x: 180, y: 10, width: 20, height: 40 }],
  ]);
});

it('what is gone changes nothing, and what is locked says so', () => {
  const locked = documentOf(annotation(1, boxAt(180, 10, 40, 40), { isLocked: true }));
  expect(runFixes(locked, wantAll(locked, 'cut'), {}, CONTEXT)).toMatchObject({
    ok: false,
    error: { code: 'edit.locked' },
  });
  const change = okValue(runFixes(locked, [{ findingId: 'nothing', fixId: 'cut' }], {}, CONTEXT));
  expect([change.added, change.updated, change.removed]).toEqual([[], [], []]);
});

it('a waiver holds until it expires', () => {
  const findings = [{ id: 'a' }, { id: 'b' }];
  const waivers = new Map([
    ['a', { reason: 'so it is', expiresAt: '2026-05-01T00:00:00.000Z' }],
    ['b', { reason: 'so it is', expiresAt: null }],
  ]);
  expect(openFindings(findings, waivers, '2026-04-30T00:00:00.000Z')).toEqual([]);
  expect(openFindings(findings, waivers, '2026-05-02T00:00:00.000Z')).toEqual([{ id: 'a' }]);
});
