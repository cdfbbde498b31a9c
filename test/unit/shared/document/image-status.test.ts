import { expect, it } from 'vitest';
import { decidedStatus, reasonAgainstState, statusAfterEdit } from '../../../../shared/document/image-status';
import { UNLABELLED_STATUS } from '../../../../shared/schema/annotation';

const AT = '2026-01-01T00:00:00.000Z';
const undecided = (state: 'unlabelled' | 'inProgress') => ({ state, decidedBy: null, decidedAt: null });

it.each([
  ['the first annotation begins work', UNLABELLED_STATUS, 1, undecided('inProgress')],
  ['the last one removed leaves it unlabelled', undecided('inProgress'), 0, UNLABELLED_STATUS],
  [
    'an annotation contradicts "confirmed empty"',
    decidedStatus('confirmedEmpty', 'Ann', AT),
    1,
    undecided('inProgress'),
  ],
  ['"labelled" falls with the last annotation', decidedStatus('labelled', 'Ann', AT), 0, UNLABELLED_STATUS],
  [
    '"labelled" stands while there are annotations',
    decidedStatus('labelled', 'Ann', AT),
    3,
    decidedStatus('labelled', 'Ann', AT),
  ],
  [
    '"confirmed empty" stands while it is empty',
    decidedStatus('confirmedEmpty', 'Ann', AT),
    0,
    decidedStatus('confirmedEmpty', 'Ann', AT),
  ],
])('%s', (_, before, count, after) => {
  expect(statusAfterEdit(before, count)).toEqual(after);
});

it('notes who decided and when, and nobody when a decision is taken back', () => {
  expect(decidedStatus('confirmedEmpty', 'Ann', AT)).toEqual({
    state: 'confirmedEmpty',
    decidedBy: 'Ann',
    decidedAt: AT,
  });
  expect(decidedStatus('unlabelled', 'Ann', AT)).toEqual(UNLABELLED_STATUS);
});

it('says why a picture with annotations is not empty and one without is not labelled', () => {
  expect(reasonAgainstState('confirmedEmpty', 2)).toContain('2 annotations');
  expect(reasonAgainstState('confirmedEmpty', 0)).toBeNull();
  expect(reasonAgainstState('labelled', 0)).toContain('Confirm it as empty');
  expect(reasonAgainstState('labelled', 1)).toBeNull();
});
