import { z } from 'zod';
import { Actor, AnnotationId, BatchId, ImageId, PersonId, Sha256, Timestamp } from './ids';
import { PersonRef } from './person';
import { Vertex } from './shapes/coordinate';

export const STAGES = ['annotation', 'review', 'accepted'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

export const REVIEW_STATES = ['new', 'inProgress', 'done', 'rejected', 'accepted'] as const;
export const ReviewState = z.enum(REVIEW_STATES);
export type ReviewState = z.infer<typeof ReviewState>;

export const DEFECT_CODES = [
  'missing',
  'extra',
  'wrongLabel',
  'looseBox',
  'wrongAttribute',
  'other',
] as const;
export const DefectCode = z.enum(DEFECT_CODES);
export type DefectCode = z.infer<typeof DefectCode>;

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

export const VERDICTS = ['accepted', 'rejected', 'fixed'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** What somebody looked at: a later revision with another hash was not seen by them. */
export const SeenAnnotations = z.object({
  revision: z.number().int().min(0),
  count: z.number().int().min(0),
  hash: Sha256,
});
export type SeenAnnotations = Readonly<z.infer<typeof SeenAnnotations>>;

const text = z.string().trim().min(1).max(10_000);
const note = z.string().trim().max(10_000);

const face = {
  id: z.uuid(),
  at: Timestamp,
  by: Actor,
  /** Null for the owner of an installation without profiles. */
  personId: PersonId.nullable(),
};
const event = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ ...face, kind: z.literal(kind), ...shape });

/**
 * One thing that was done in the review of an image. Events are only ever added; what an image's review is now is their
 * fold (`shared/review/fold-review.ts`). `retracted` takes an earlier event back, so that everything is reversible and
 * still on record.
 */
export const ReviewEvent = z.discriminatedUnion('kind', [
  event('assigned', { task: z.enum(['annotation', 'review']), to: PersonRef.nullable() }),
  event('batched', { batchId: BatchId.nullable() }),
  event('started', {}),
  event('submitted', { seen: SeenAnnotations }),
  event('judged', { verdict: Verdict, seen: SeenAnnotations, note }),
  /** What became of the batch decides over an image that was not in its sample. */
  event('batchJudged', { batchId: BatchId, verdict: z.enum(['accepted', 'rejected']) }),
  event('reopened', { note }),
  event('defectMarked', {
    defectId: z.uuid(),
    code: DefectCode,
    severity: Severity,
    annotationId: AnnotationId.nullable(),
    place: Vertex.nullable(),
    note,
  }),
  event('defectCleared', { defectId: z.uuid() }),
  event('threadOpened', {
    threadId: z.uuid(),
    annotationId: AnnotationId.nullable(),
    place: Vertex.nullable(),
    text,
  }),
  event('commented', { threadId: z.uuid(), text }),
  event('threadResolved', { threadId: z.uuid() }),
  event('threadReopened', { threadId: z.uuid() }),
  /** A fix as a proposal; the layer holds the annotations as the proposer would have them. */
  event('proposed', { layerId: ImageId, note }),
  event('proposalDecided', { layerId: ImageId, decision: z.enum(['accepted', 'refused']), note }),
  event('retracted', { eventId: z.uuid() }),
]);
export type ReviewEvent = Readonly<z.infer<typeof ReviewEvent>>;
export type ReviewEventKind = ReviewEvent['kind'];
export type ReviewEventOf<Kind extends ReviewEventKind> = Extract<ReviewEvent, { kind: Kind }>;

/** What an event says beside who and when: what callers hand in. */
type WithoutFace<Event> = Event extends ReviewEvent ? Omit<Event, keyof typeof face> : never;
export type ReviewDeed = WithoutFace<ReviewEvent>;

/** Every event of one image, oldest first. */
export const StoredReviewEvents = z.object({
  imageId: ImageId,
  events: z.array(ReviewEvent).max(100_000),
});
export type StoredReviewEvents = z.infer<typeof StoredReviewEvents>;
