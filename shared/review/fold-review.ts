import type { BatchId, ImageId, Timestamp } from '../schema/ids';
import type { PersonRef } from '../schema/person';
import type {
  DefectCode,
  ReviewEvent,
  ReviewEventOf,
  ReviewState,
  SeenAnnotations,
  Severity,
  Stage,
  Verdict,
} from '../schema/review';
import type { ReviewPolicy } from '../schema/review-policy';

export interface Defect {
  readonly id: string;
  readonly code: DefectCode;
  readonly severity: Severity;
  readonly annotationId: ReviewEventOf<'defectMarked'>['annotationId'];
  /** Image px. */
  readonly place: ReviewEventOf<'defectMarked'>['place'];
  readonly note: string;
  readonly by: PersonRef;
  readonly at: Timestamp;
}

export interface Comment {
  readonly by: PersonRef;
  readonly at: Timestamp;
  readonly text: string;
}

/** A question pinned to a place, an object or the picture as a whole, and what was said to it. */
export interface Thread {
  readonly id: string;
  readonly annotationId: ReviewEventOf<'threadOpened'>['annotationId'];
  /** Image px. */
  readonly place: ReviewEventOf<'threadOpened'>['place'];
  readonly comments: readonly Comment[];
  readonly resolved: { readonly by: PersonRef; readonly at: Timestamp } | null;
}

/** A fix that somebody proposes; its annotations are in the layer. */
export interface Proposal {
  readonly layerId: ImageId;
  readonly by: PersonRef;
  readonly at: Timestamp;
  readonly note: string;
  readonly decision: {
    readonly kind: 'accepted' | 'refused';
    readonly by: PersonRef;
    readonly at: Timestamp;
    readonly note: string;
  } | null;
}

/** Somebody's word on what they saw. */
export interface Handed {
  readonly by: PersonRef;
  readonly at: Timestamp;
  readonly seen: SeenAnnotations;
}
export interface Judgement extends Handed {
  readonly verdict: Verdict;
  readonly note: string;
  readonly eventId: string;
}

/** Where an image stands in its review. */
export interface ImageReview {
  readonly imageId: ImageId;
  readonly stage: Stage;
  readonly state: ReviewState;
  readonly labeller: PersonRef | null;
  readonly reviewer: PersonRef | null;
  readonly batchId: BatchId | null;
  /** What was handed in last; null before. */
  readonly submitted: Handed | null;
  /** Every judgement since it was handed in last. */
  readonly judgements: readonly Judgement[];
  /** The newest judgement of all, also of an earlier round. */
  readonly lastJudgement: Judgement | null;
  /** The first judgement in each batch: what the batch counts, whatever is mended and handed in again. */
  readonly batchJudgements: readonly { readonly batchId: BatchId; readonly judgement: Judgement }[];
  /** The labels that the newest verdict is about; of a verdict on the batch those that were handed in. Null before. */
  readonly verdictOn: SeenAnnotations | null;
  /** How often it was handed in; 1 with an acceptance is a first-pass acceptance. */
  readonly rounds: number;
  readonly defects: readonly Defect[];
  readonly threads: readonly Thread[];
  readonly proposals: readonly Proposal[];
}

export function unreviewed(imageId: ImageId): ImageReview {
  return {
    imageId,
    stage: 'annotation',
    state: 'new',
    labeller: null,
    reviewer: null,
    batchId: null,
    submitted: null,
    judgements: [],
    lastJudgement: null,
    batchJudgements: [],
    verdictOn: null,
    rounds: 0,
    defects: [],
    threads: [],
    proposals: [],
  };
}

/** The first judgement of an image in a batch; null before. */
export function judgementIn(review: ImageReview, batchId: BatchId): Judgement | null {
  return review.batchJudgements.find((one) => one.batchId === batchId)?.judgement ?? null;
}

/**
 * Where an image stands after these events, oldest first. Total: an event that no longer makes sense (its thread was
 * never opened here) changes nothing, so that events of several computers fold in any company. O(events).
 * Whether an event may happen is asked before it is added; see `reason-against-deed.ts`.
 */
export function foldReview(
  imageId: ImageId,
  events: readonly ReviewEvent[],
  policy: Pick<ReviewPolicy, 'reviewsNeeded'>,
): ImageReview {
  const retracted = new Set(events.flatMap((event) => (event.kind === 'retracted' ? [event.eventId] : [])));
  let review = unreviewed(imageId);
  for (const event of events) {
    if (!retracted.has(event.id)) review = afterEvent(review, event, policy);
  }
  return review;
}

function afterEvent(
  review: ImageReview,
  event: ReviewEvent,
  { reviewsNeeded }: Pick<ReviewPolicy, 'reviewsNeeded'>,
): ImageReview {
  const by: PersonRef = { id: event.personId, name: event.by };
  const { at } = event;
  switch (event.kind) {
    case 'assigned':
      return event.task === 'annotation'
        ? { ...review, labeller: event.to }
        : { ...review, reviewer: event.to };
    case 'batched':
      return { ...review, batchId: event.batchId };
    case 'started':
      return review.state === 'accepted' ? review : { ...review, state: 'inProgress' };
    case 'submitted':
      return {
        ...review,
        stage: 'review',
        state: 'new',
        labeller: review.labeller ?? by,
        submitted: { by, at, seen: event.seen },
        judgements: [],
        rounds: review.rounds + 1,
      };
    case 'judged': {
      const { verdict, seen, note } = event;
      const judgement: Judgement = { verdict, seen, note, by, at, eventId: event.id };
      const judgements = [...review.judgements, judgement];
      const { batchId, batchJudgements: earlier } = review;
      const isFirst = batchId !== null && judgementIn(review, batchId) === null;
      const batchJudgements = isFirst ? [...earlier, { batchId, judgement }] : earlier;
      const judged = { ...review, judgements, lastJudgement: judgement, batchJudgements, verdictOn: seen };
      if (verdict === 'rejected') return { ...judged, stage: 'annotation', state: 'rejected' };
      const isEnough = acceptances(judgements) >= reviewsNeeded;
      return isEnough
        ? { ...judged, stage: 'accepted', state: 'accepted' }
        : { ...judged, stage: 'review', state: 'done' };
    }
    case 'batchJudged':
      // What somebody looked at has a verdict of its own, or waits for the next.
      if (judgementIn(review, event.batchId) !== null || review.judgements.length > 0) return review;
      if (review.stage !== 'review') return review;
      return {
        ...review,
        verdictOn: review.submitted?.seen ?? null,
        ...(event.verdict === 'accepted'
          ? { stage: 'accepted', state: 'accepted' }
          : { stage: 'annotation', state: 'rejected' }),
      };
    case 'reopened':
      return { ...review, stage: 'annotation', state: 'inProgress', judgements: [] };
    case 'defectMarked': {
      const { defectId, code, severity, annotationId, place, note } = event;
      const defect: Defect = { id: defectId, code, severity, annotationId, place, note, by, at };
      return looked({ ...review, defects: [...review.defects.filter(({ id }) => id !== defectId), defect] });
    }
    case 'defectCleared':
      return { ...review, defects: review.defects.filter(({ id }) => id !== event.defectId) };
    case 'threadOpened': {
      const { threadId, annotationId, place, text } = event;
      if (review.threads.some(({ id }) => id === threadId)) return review;
      const thread: Thread = {
        id: threadId,
        annotationId,
        place,
        comments: [{ by, at, text }],
        resolved: null,
      };
      return { ...review, threads: [...review.threads, thread] };
    }
    case 'commented':
      return withThread(review, event.threadId, (thread) => ({
        ...thread,
        comments: [...thread.comments, { by, at, text: event.text }],
      }));
    case 'threadResolved':
      return withThread(review, event.threadId, (thread) => ({ ...thread, resolved: { by, at } }));
    case 'threadReopened':
      return withThread(review, event.threadId, (thread) => ({ ...thread, resolved: null }));
    case 'proposed': {
      const proposal: Proposal = { layerId: event.layerId, by, at, note: event.note, decision: null };
      return looked({ ...review, proposals: [...review.proposals, proposal] });
    }
    case 'proposalDecided':
      return {
        ...review,
        proposals: review.proposals.map((proposal) =>
          proposal.layerId === event.layerId
            ? { ...proposal, decision: { kind: event.decision, by, at, note: event.note } }
            : proposal,
        ),
      };
    case 'retracted':
      return review;
  }
}

/** Somebody said something of what was handed in: it is under review from then on. */
function looked(review: ImageReview): ImageReview {
  return review.stage === 'review' && review.state === 'new' ? { ...review, state: 'inProgress' } : review;
}

/** By how many different people; the owner without a profile is one person. */
function acceptances(judgements: readonly Judgement[]): number {
  return new Set(judgements.filter(({ verdict }) => verdict !== 'rejected').map(({ by }) => by.id ?? by.name))
    .size;
}

function withThread(review: ImageReview, id: string, change: (thread: Thread) => Thread): ImageReview {
  return { ...review, threads: review.threads.map((thread) => (thread.id === id ? change(thread) : thread)) };
}
