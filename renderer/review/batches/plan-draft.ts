import type { InspectionLevel } from '../../../shared/review/sampling/iso-2859';
import type { SamplingPlan } from '../../../shared/schema/batch';
import type { LabelId } from '../../../shared/schema/ids';

type PlanOf<Kind extends SamplingPlan['kind']> = Extract<SamplingPlan, { kind: Kind }>;

/** A plan while it is chosen: what was typed for one kind stays while one looks at another. */
export interface PlanDraft {
  readonly kind: SamplingPlan['kind'];
  readonly count: number;
  readonly perLabel: number;
  /** Empty for every label. */
  readonly labelIds: readonly LabelId[];
  readonly level: InspectionLevel;
  readonly severity: PlanOf<'aql'>['severity'];
  readonly aql: number;
  readonly weights: PlanOf<'risk'>['weights'];
}

/** General level II and normal inspection are what the standard begins with. */
export const FIRST_DRAFT: PlanDraft = {
  kind: 'aql',
  count: 20,
  perLabel: 5,
  labelIds: [],
  level: 'II',
  severity: 'normal',
  aql: 2.5,
  weights: { disagreement: 1, findings: 1, labeller: 1 },
};

/** @param seed what chance is drawn from; it goes on record with the batch. */
export function planOfDraft(draft: PlanDraft, seed: string): SamplingPlan {
  const { kind, count, perLabel, labelIds, level, severity, aql, weights } = draft;
  switch (kind) {
    case 'all':
      return { kind };
    case 'random':
      return { kind, count, seed };
    case 'stratified':
      return { kind, perLabel, labelIds: [...labelIds], seed };
    case 'aql':
      return { kind, level, severity, aql, seed };
    case 'risk':
      return { kind, count, weights };
  }
}
