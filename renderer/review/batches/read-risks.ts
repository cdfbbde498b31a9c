import { ok, type Result } from '../../../shared/result/result';
import type { ImageReview } from '../../../shared/review/fold-review';
import type { Candidate } from '../../../shared/review/sampling/draw-sample';
import type { ImageId, LabelId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import { resolveMergedLabels } from '../../../shared/schema/resolve-label';
import type { ReviewEvent } from '../../../shared/schema/review';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import type { Services } from '../../app/services';
import { personKey } from '../../persistence/review-marks';
import type { OpenQuality } from '../../quality/engine/quality-source';
import type { ChosenImage } from './read-chosen';

/** What is known of the risks of images; where nothing is known a risk is 0. */
export interface Risks {
  /** How much those disagree who labelled the same image, 0 to 1, of those that several people labelled. */
  readonly disagreement: ReadonlyMap<ImageId, number>;
  /** Who handed images in, as `personKey` names them. */
  readonly labellerOf: ReadonlyMap<ImageId, string>;
  readonly labellers: ReadonlyMap<string, Tally>;
}

export interface Tally {
  readonly name: string;
  readonly judged: number;
  readonly rejected: number;
}

const REVIEWS_AT_A_TIME = 1000;

/** Reads every review of the project, and asks the comparison of labels once it is done. */
export async function readRisks(
  { persistence, quality }: Pick<Services, 'persistence' | 'quality'>,
  project: Project,
  policy: ReviewPolicy,
): Promise<Result<Risks>> {
  const labellers = new Map<string, Tally>();
  const labellerOf = new Map<ImageId, string>();
  for await (const rows of persistence.reviews.stream(project.id, REVIEWS_AT_A_TIME)) {
    for (const { review, events } of rows) {
      tallyVerdicts(labellers, events);
      const by = handedInBy(review);
      if (by !== null) labellerOf.set(review.imageId, by);
    }
  }
  const { minOverlap, lowOverlap } = policy.quality;
  const merges = [...resolveMergedLabels(project.schema)].flatMap(([id, { id: as }]) =>
    id === as ? [] : [[id, as] as [LabelId, LabelId]],
  );
  const comparison = quality.open(project.id, { minOverlap, lowOverlap, merges });
  await untilRead(comparison);
  const answer = await comparison.ask({ kind: 'disagreement' });
  return answer.ok ? ok({ disagreement: answer.value.images, labellerOf, labellers }) : answer;
}

/** Each verdict counts for whoever had handed the image in. */
export function tallyVerdicts(tallies: Map<string, Tally>, events: readonly ReviewEvent[]): void {
  const retracted = new Set(events.flatMap((event) => (event.kind === 'retracted' ? event.eventId : [])));
  let by: { readonly key: string; readonly name: string } | null = null;
  for (const event of events) {
    if (retracted.has(event.id)) continue;
    if (event.kind === 'submitted') {
      by = { key: personKey({ id: event.personId, name: event.by }), name: event.by };
    }
    if (event.kind !== 'judged' || by === null) continue;
    const { judged, rejected } = tallies.get(by.key) ?? { judged: 0, rejected: 0 };
    const isRejected = event.verdict === 'rejected' ? 1 : 0;
    tallies.set(by.key, { name: by.name, judged: judged + 1, rejected: rejected + isRejected });
  }
}

export function candidatesOf(images: readonly ChosenImage[], risks: Risks | null): readonly Candidate[] {
  return images.map(({ id, labelIds, hasFinding }) => {
    const tally = risks?.labellers.get(risks.labellerOf.get(id) ?? '');
    return {
      imageId: id,
      labelIds,
      risk: {
        disagreement: risks?.disagreement.get(id) ?? 0,
        findings: hasFinding ? 1 : 0,
        labeller: tally === undefined ? 0 : tally.rejected / tally.judged,
      },
    };
  });
}

function handedInBy({ submitted }: ImageReview): string | null {
  return submitted === null ? null : personKey(submitted.by);
}

function untilRead(comparison: OpenQuality): Promise<void> {
  if (comparison.status().kind !== 'reading') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = comparison.subscribe(() => {
      if (comparison.status().kind === 'reading') return;
      stop();
      resolve();
    });
  });
}
