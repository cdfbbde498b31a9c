import { type Deed, isPermitted, permit } from '../people/permissions';
import { type AppError, appError } from '../result/app-error';
import type { PersonRef, Session } from '../schema/person';
import type { ReviewDeed, ReviewEvent, SeenAnnotations, Verdict } from '../schema/review';
import type { ReviewPolicy } from '../schema/review-policy';
import { type ImageReview, judgementIn } from './fold-review';

/** What a role must be allowed for each kind of event. */
const DEED_OF: Readonly<Record<ReviewDeed['kind'], Deed>> = {
  assigned: 'review.assign',
  batched: 'review.assign',
  started: 'review.submit',
  submitted: 'review.submit',
  judged: 'review.judge',
  batchJudged: 'review.judge',
  reopened: 'review.reopen',
  defectMarked: 'review.markDefect',
  defectCleared: 'review.markDefect',
  threadOpened: 'review.comment',
  commented: 'review.comment',
  threadResolved: 'review.comment',
  threadReopened: 'review.comment',
  proposed: 'review.propose',
  proposalDecided: 'review.decideProposal',
  retracted: 'review.comment',
};

export interface DeedContext {
  readonly session: Session;
  readonly policy: ReviewPolicy;
  /** The image's own annotations as they are stored now. */
  readonly stored: Pick<SeenAnnotations, 'revision'>;
  /** Everything that happened to the image, oldest first. */
  readonly events: readonly ReviewEvent[];
}

/**
 * Why a deed may not be done to an image now, for a person; null when it may. Here, and nowhere else, the roles and the
 * rules of review are held: nobody accepts their own work (unless the policy says so), and nobody judges labels that
 * they did not see.
 * Errors: `people.not-permitted`, `review.own-work`, `review.not-now`, `review.unknown-thing`.
 */
export function reasonAgainstDeed(
  review: ImageReview,
  deed: ReviewDeed,
  context: DeedContext,
): AppError | null {
  const { session, stored } = context;
  const permitted = permit(session, DEED_OF[deed.kind]);
  if (!permitted.ok) return permitted.error;
  switch (deed.kind) {
    case 'submitted':
      if (review.stage !== 'annotation') return notNow('It was handed in already.');
      return seenMismatch(deed.seen, stored);
    case 'judged': {
      if (review.stage !== 'review') {
        return notNow('Only pictures that were handed in are judged. Wait until it is handed in again.');
      }
      return ownWork(review, deed.verdict, context) ?? seenMismatch(deed.seen, stored);
    }
    case 'batchJudged': {
      if (review.batchId !== deed.batchId) return notNow('It is not in this batch any more.');
      const isJudged = judgementIn(review, deed.batchId) !== null || review.judgements.length > 0;
      if (review.stage !== 'review' || isJudged) {
        return notNow('A batch decides only over pictures that wait for review and that nobody judged.');
      }
      return ownWork(review, deed.verdict, context);
    }
    case 'reopened':
      return review.stage === 'annotation' ? notNow('It is being labelled already.') : null;
    case 'defectCleared':
      return review.defects.some(({ id }) => id === deed.defectId) ? null : unknownThing('defect');
    case 'commented':
    case 'threadResolved':
    case 'threadReopened':
      return review.threads.some(({ id }) => id === deed.threadId) ? null : unknownThing('thread');
    case 'proposalDecided': {
      const proposal = review.proposals.find(({ layerId }) => layerId === deed.layerId);
      if (proposal === undefined) return unknownThing('proposal');
      return proposal.decision === null ? null : notNow('Somebody decided about this proposal already.');
    }
    case 'retracted': {
      const event = context.events.find(({ id }) => id === deed.eventId);
      if (event === undefined || event.kind === 'retracted') return unknownThing('event');
      const isOwn = isSame({ id: event.personId, name: event.by }, session);
      if (isOwn || isPermitted(session.role, 'review.assign')) return null;
      return appError('people.not-permitted', `Only ${event.by} or a lead can take this back.`);
    }
    default:
      return null;
  }
}

/** Nobody accepts what they labelled themselves, one by one or by the batch, unless the policy says so. */
function ownWork(review: ImageReview, verdict: Verdict, { session, policy }: DeedContext): AppError | null {
  const isOwn = review.submitted !== null && isSame(review.submitted.by, session);
  if (!isOwn || policy.allowsOwnReview || verdict === 'rejected') return null;
  return appError(
    'review.own-work',
    'You labelled this picture yourself, and in this project somebody else accepts it. A lead can change this in the review settings.',
  );
}

function isSame(person: PersonRef, session: Session): boolean {
  return person.id === null ? session.personId === null : person.id === session.personId;
}

function seenMismatch(seen: SeenAnnotations, stored: Pick<SeenAnnotations, 'revision'>): AppError | null {
  if (seen.revision === stored.revision) return null;
  return appError(
    'record.conflict',
    'The labels changed since you looked at them. Look at the picture again, then decide.',
    { seen: seen.revision, stored: stored.revision },
  );
}

function notNow(reason: string): AppError {
  return appError('review.not-now', reason);
}

function unknownThing(what: string): AppError {
  return appError(
    'review.unknown-thing',
    `This ${what} is not there any more. Open the picture again to see what is.`,
  );
}
