import type { ImageReview } from '../../../shared/review/fold-review';
import type { Activity } from '../../../shared/schema/activity';
import type { ReviewEvent } from '../../../shared/schema/review';

export interface PersonTime {
  readonly key: string;
  readonly name: string;
  /** Of labelling. */
  readonly activeMs: number;
  readonly reviewMs: number;
  readonly images: number;
  readonly shapes: number;
  /** Null without shapes. */
  readonly msAShape: number | null;
}

export interface LabelTime {
  readonly labelId: string;
  readonly shapes: number;
  readonly msAShape: number;
}

/** How long who worked, longest first. */
export function timeByPerson(work: readonly Activity[]): readonly PersonTime[] {
  const people = new Map<
    string,
    { name: string; ms: number; reviewMs: number; images: Set<string>; shapes: number; shapeMs: number }
  >();
  for (const { personKey, personName, activeMs, reviewMs = 0, imageId, byLabel } of work) {
    const person = people.get(personKey) ?? {
      name: personName,
      ms: 0,
      reviewMs: 0,
      images: new Set<string>(),
      shapes: 0,
      shapeMs: 0,
    };
    people.set(personKey, person);
    person.ms += activeMs;
    person.reviewMs += reviewMs;
    person.images.add(imageId);
    for (const { shapes, ms } of Object.values(byLabel)) {
      person.shapes += shapes;
      person.shapeMs += ms;
    }
  }
  return [...people]
    .map(([key, { name, ms, reviewMs, images, shapes, shapeMs }]) => ({
      key,
      name,
      activeMs: ms,
      reviewMs,
      images: images.size,
      shapes,
      msAShape: shapes === 0 ? null : shapeMs / shapes,
    }))
    .sort((a, b) => b.activeMs + b.reviewMs - a.activeMs - a.reviewMs);
}

/** Active time a drawn object, by its label, most drawn first. */
export function timeByLabel(work: readonly Activity[]): readonly LabelTime[] {
  const labels = new Map<string, { shapes: number; ms: number }>();
  for (const { byLabel } of work) {
    for (const [labelId, { shapes, ms }] of Object.entries(byLabel)) {
      const known = labels.get(labelId) ?? { shapes: 0, ms: 0 };
      labels.set(labelId, { shapes: known.shapes + shapes, ms: known.ms + ms });
    }
  }
  return [...labels]
    .filter(([, { shapes }]) => shapes > 0)
    .map(([labelId, { shapes, ms }]) => ({ labelId, shapes, msAShape: ms / shapes }))
    .sort((a, b) => b.shapes - a.shapes);
}

export interface YieldFigures {
  readonly name: string;
  /** Images of this person that were judged. */
  readonly judged: number;
  /** Of these, accepted the first time they were handed in. */
  readonly firstPass: number;
  /** Times that images were handed in again after the first. */
  readonly reworks: number;
  readonly rejections: number;
  /** Objects that were changed after a rejection, see `objectsAfterRejection`. */
  readonly reworkedObjects: number;
}

/** First-pass yield and rework by who handed images in. */
export function yieldByPerson(
  reviews: Iterable<{
    readonly review: ImageReview;
    readonly events: readonly ReviewEvent[];
    /** Objects of the image that were changed after a rejection. */
    readonly reworkedObjects: number;
  }>,
): readonly YieldFigures[] {
  const people = new Map<
    string,
    { judged: number; firstPass: number; reworks: number; rejections: number; reworkedObjects: number }
  >();
  for (const { review, events, reworkedObjects } of reviews) {
    const name = review.submitted?.by.name ?? review.labeller?.name;
    const retracted = new Set(events.flatMap((event) => (event.kind === 'retracted' ? [event.eventId] : [])));
    const judgements = events.filter((event) => event.kind === 'judged' && !retracted.has(event.id));
    if (name === undefined || judgements.length === 0) continue;
    const known = people.get(name) ?? {
      judged: 0,
      firstPass: 0,
      reworks: 0,
      rejections: 0,
      reworkedObjects: 0,
    };
    const rejections = judgements.filter(
      (event) => event.kind === 'judged' && event.verdict === 'rejected',
    ).length;
    // What a reviewer had to fix did not pass either.
    const isFixed = judgements.some((event) => event.kind === 'judged' && event.verdict === 'fixed');
    const isFirst = review.stage === 'accepted' && review.rounds <= 1 && rejections === 0 && !isFixed;
    people.set(name, {
      judged: known.judged + 1,
      firstPass: known.firstPass + (isFirst ? 1 : 0),
      reworks: known.reworks + Math.max(0, review.rounds - 1),
      rejections: known.rejections + rejections,
      reworkedObjects: known.reworkedObjects + reworkedObjects,
    });
  }
  return [...people]
    .map(([name, figures]) => ({ name, ...figures }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
