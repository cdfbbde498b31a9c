import { type Candidate, drawSample } from '../../../shared/review/sampling/draw-sample';
import { singlePlan } from '../../../shared/review/sampling/iso-2859';
import type { SamplingPlan } from '../../../shared/schema/batch';
import { count, plural } from '../../components/quantity';
import styles from './batches.module.css';
import type { Risks } from './read-risks';

/** What a plan will draw of these images, before anything is made of them. */
export function PlanPreview(props: {
  readonly plan: SamplingPlan;
  readonly candidates: readonly Candidate[];
  /** Null while they are read. */
  readonly risks: Risks | null;
}) {
  const { plan, candidates, risks } = props;
  const lines = previewLines(plan, candidates);
  return (
    <div className={styles.preview} role="status" aria-label="What will be drawn">
      <p className={styles.drawn}>
        <strong>{count(lines.sample)}</strong> of {plural(candidates.length, 'image')} to review
      </p>
      {lines.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {plan.kind === 'risk' && <RiskSources risks={risks} candidates={candidates} />}
    </div>
  );
}

function previewLines(
  plan: SamplingPlan,
  candidates: readonly Candidate[],
): { readonly sample: number; readonly notes: readonly string[] } {
  const images = candidates.length;
  switch (plan.kind) {
    case 'all':
      return { sample: images, notes: ['Each image has the verdict that it is given.'] };
    case 'random':
    case 'risk':
      return {
        sample: Math.min(plan.count, images),
        notes: ['How many may be wrong is for a person to decide.'],
      };
    case 'stratified': {
      const sample = drawSample(candidates, plan);
      return {
        sample: sample.ok ? sample.value.imageIds.length : 0,
        notes: [
          'An image with several labels counts for each of them.',
          'How many may be wrong is for a person to decide.',
        ],
      };
    }
    case 'aql': {
      const single = singlePlan(images, plan.level, plan.severity, plan.aql);
      if (!single.ok) return { sample: 0, notes: [single.error.message] };
      const { letter, sampleSize, acceptanceNumber } = single.value;
      return {
        sample: Math.min(sampleSize, images),
        notes: [
          `Accepted with at most ${count(acceptanceNumber)} nonconforming, rejected with ${count(acceptanceNumber + 1)} or more.`,
          `Code letter ${letter} of ISO 2859-1. Nonconforming is what is given back or has a major or critical defect.`,
        ],
      };
    }
  }
}

function RiskSources(props: { readonly risks: Risks | null; readonly candidates: readonly Candidate[] }) {
  const { risks, candidates } = props;
  if (risks === null) return <p className="dim">Reading what is known of the risks…</p>;
  const known = (of: (candidate: Candidate) => boolean) => candidates.filter(of).length;
  const compared = known(({ imageId }) => risks.disagreement.has(imageId));
  const withFindings = known(({ risk }) => risk.findings > 0);
  const judged = [...risks.labellers.values()];
  return (
    <ul className={styles.sources}>
      <li>
        {compared === 0
          ? 'Disagreement: not known, since no image was labelled by several people; it counts 0.'
          : `Disagreement: known of ${plural(compared, 'image')}; it counts 0 for the others.`}
      </li>
      <li>{`Findings: ${plural(withFindings, 'image')} with some.`}</li>
      <li>
        {judged.length === 0
          ? 'Labeller’s rejections: not known, since nothing was judged yet; they count 0.'
          : `Labeller’s rejections: ${judged.map(({ name, rejected, judged: all }) => `${name} ${count(rejected)} of ${count(all)}`).join(', ')}.`}
      </li>
    </ul>
  );
}
