import { sha256OfText } from '../../document/hash';
import { ok, type Result } from '../../result/result';
import type { SamplingPlan } from '../../schema/batch';
import type { ImageId, LabelId } from '../../schema/ids';
import { singlePlan } from './iso-2859';

/** A picture of a batch, with what plans ask of it. */
export interface Candidate {
  readonly imageId: ImageId;
  readonly labelIds: readonly LabelId[];
  /** Each 0 to 1: how much labellers (or a person and a model) disagree, share of objects with findings, and how often the labeller's work was rejected. */
  readonly risk: { readonly disagreement: number; readonly findings: number; readonly labeller: number };
}

export interface Sample {
  readonly imageIds: readonly ImageId[];
  /** Nonconforming pictures with which the batch is still accepted; null when each picture counts alone. */
  readonly acceptanceNumber: number | null;
}

/**
 * Draws the pictures to review. Chance comes from a hash of seed and image id, so that the same plan draws the same
 * pictures whatever order they come in, and nobody can try until a draw suits them without changing the seed on record.
 * Stratified: for each label the first of its pictures, a picture that serves two labels counting for both.
 * Risk: the weighted mean of the risks, highest first. O(n log n).
 * Error: `usage.bad-arguments` for an acceptance quality limit that ISO 2859-1 has not.
 */
export function drawSample(candidates: readonly Candidate[], plan: SamplingPlan): Result<Sample> {
  const sample = (chosen: readonly Candidate[], acceptanceNumber: number | null = null) =>
    ok({ imageIds: chosen.map(({ imageId }) => imageId), acceptanceNumber });
  switch (plan.kind) {
    case 'all':
      return sample(candidates);
    case 'random':
      return sample(shuffled(candidates, plan.seed).slice(0, plan.count));
    case 'stratified':
      return sample(stratified(shuffled(candidates, plan.seed), plan.labelIds, plan.perLabel));
    case 'aql': {
      const single = singlePlan(candidates.length, plan.level, plan.severity, plan.aql);
      if (!single.ok) return single;
      const { sampleSize, acceptanceNumber } = single.value;
      return sample(shuffled(candidates, plan.seed).slice(0, sampleSize), acceptanceNumber);
    }
    case 'risk': {
      const { weights, count } = plan;
      const sum = weights.disagreement + weights.findings + weights.labeller || 1;
      const riskOf = ({ risk }: Candidate) =>
        (weights.disagreement * risk.disagreement +
          weights.findings * risk.findings +
          weights.labeller * risk.labeller) /
        sum;
      // Equal risks keep the list's order: Array.sort is stable.
      return sample([...candidates].sort((a, b) => riskOf(b) - riskOf(a)).slice(0, count));
    }
  }
}

function shuffled(candidates: readonly Candidate[], seed: string): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, key: sha256OfText(`${seed}\n${candidate.imageId}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ candidate }) => candidate);
}

function stratified(
  candidates: readonly Candidate[],
  labelIds: readonly LabelId[],
  perLabel: number,
): readonly Candidate[] {
  const wanted = new Map<LabelId, number>(labelIds.map((id) => [id, perLabel]));
  if (labelIds.length === 0) {
    for (const candidate of candidates) for (const id of candidate.labelIds) wanted.set(id, perLabel);
  }
  return candidates.filter((candidate) => {
    const needed = candidate.labelIds.filter((id) => (wanted.get(id) ?? 0) > 0);
    for (const id of needed) wanted.set(id, (wanted.get(id) ?? 0) - 1);
    return needed.length > 0;
  });
}
