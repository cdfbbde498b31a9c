import type { ImageReview } from '../../../shared/review/fold-review';
import type { DefectCode, Severity, Verdict } from '../../../shared/schema/review';
import type { RemarkTarget } from './target-of-remark';

/** Where an image stands, in the words of the app. */
export type ReviewStanding = 'toLabel' | 'labelling' | 'givenBack' | 'toReview' | 'underReview' | 'accepted';

export const STANDING_WORDS: Readonly<Record<ReviewStanding, string>> = {
  toLabel: 'To label',
  labelling: 'Being labelled',
  givenBack: 'Given back',
  toReview: 'To review',
  underReview: 'Under review',
  accepted: 'Accepted',
};

export function standingOf({ stage, state }: Pick<ImageReview, 'stage' | 'state'>): ReviewStanding {
  if (stage === 'accepted') return 'accepted';
  if (stage === 'review') return state === 'new' ? 'toReview' : 'underReview';
  if (state === 'rejected') return 'givenBack';
  return state === 'inProgress' ? 'labelling' : 'toLabel';
}

export const DEFECT_WORDS: Readonly<Record<DefectCode, string>> = {
  missing: 'Missing',
  extra: 'Extra',
  wrongLabel: 'Wrong label',
  looseBox: 'Loose box',
  wrongAttribute: 'Wrong attribute',
  other: 'Other',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
};

/** What a defect weighs when nobody says otherwise: what changes the meaning of the labels weighs more. */
export const DEFAULT_SEVERITY: Readonly<Record<DefectCode, Severity>> = {
  missing: 'major',
  extra: 'major',
  wrongLabel: 'major',
  looseBox: 'minor',
  wrongAttribute: 'minor',
  other: 'minor',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  accepted: 'Accepted',
  rejected: 'Given back',
  fixed: 'Accepted with a fix',
};

/** What a remark is about, as it stands in a sentence. */
export function whereOf({ annotationId, place }: RemarkTarget): string {
  if (annotationId !== null) return 'the selected object';
  return place !== null ? 'this place' : 'the image';
}
