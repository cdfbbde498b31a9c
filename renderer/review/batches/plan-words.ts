import type { BatchStanding } from '../../../shared/review/sampling/judge-batch';
import type { Batch, SamplingPlan } from '../../../shared/schema/batch';
import { count, plural } from '../../components/quantity';

/** The kinds of plans, as they are chosen, with what each is for. */
export const PLAN_KINDS: Readonly<
  Record<SamplingPlan['kind'], { readonly label: string; readonly does: string }>
> = {
  aql: {
    label: 'Acceptance sampling (AQL, ISO 2859-1)',
    does: 'Draws as many images as the standard says for a batch of this size, and says how many of them may be wrong.',
  },
  random: { label: 'Some at random', does: 'Each image is as likely to be drawn as any other.' },
  stratified: {
    label: 'Some of each label',
    does: 'Rare labels are looked at as often as frequent ones.',
  },
  risk: {
    label: 'Those with most risk',
    does: 'Images most likely to be wrong first. It finds errors; it does not measure how many there are.',
  },
  all: { label: 'Every image', does: 'Nothing is left to chance, and nothing is saved.' },
};

/** `20 at random`, `AQL 1 %, level II, normal`. */
export function planWords(plan: SamplingPlan): string {
  switch (plan.kind) {
    case 'all':
      return 'Every image';
    case 'random':
      return `${count(plan.count)} at random`;
    case 'stratified':
      return plan.labelIds.length === 0
        ? `${count(plan.perLabel)} of each label`
        : `${count(plan.perLabel)} of each of ${plural(plan.labelIds.length, 'label')}`;
    case 'aql':
      return `AQL ${plan.aql}%, level ${plan.level}, ${plan.severity}`;
    case 'risk':
      return `${count(plan.count)} with most risk`;
  }
}

/** The number by which a sample can be drawn once more; null where chance has no part. */
export function seedOf(plan: SamplingPlan): string | null {
  return 'seed' in plan ? plan.seed : null;
}

/** What a batch waits for, or why a person decides. */
export function standingWords(
  batch: Batch,
  { sampled, judged, nonconforming, verdict }: BatchStanding,
): string {
  const left = sampled - judged;
  if (verdict === 'rejected') {
    return `${count(nonconforming)} nonconforming are more than the ${count(batch.acceptanceNumber ?? 0)} allowed.`;
  }
  if (left > 0) return `${plural(left, 'image')} of the sample still to review.`;
  if (verdict === 'accepted') {
    return batch.acceptanceNumber === null
      ? 'Nothing in the sample is nonconforming.'
      : `${count(nonconforming)} nonconforming, up to ${count(batch.acceptanceNumber)} allowed.`;
  }
  return `${count(nonconforming)} nonconforming; this plan has no limit, so a person decides.`;
}
