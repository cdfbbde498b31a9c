import { Select } from '@mantine/core';
import { isPermitted } from '../../../shared/people/permissions';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { NumberField } from '../../components/number-field';
import { METRIC_WORDS, type TargetMetric } from '../figure-words';
import styles from '../quality.module.css';
import { ConsensusPart } from './consensus-part';
import { TruthPart } from './truth-part';

/** Thresholds, ground truth, honeypots and consensus; each can be changed at any time, and none touches a label. */
export function SetupTab({ project, policy }: { readonly project: Project; readonly policy: ReviewPolicy }) {
  const { persistence, toasts } = useServices();
  const role = persistence.session()?.role;
  const maySetUp = role !== undefined && isPermitted(role, 'review.setUp');
  /** Changes what is stored, not what was on screen: two settings changed fast both count. */
  const put = async (change: (stored: ReviewPolicy) => ReviewPolicy) => {
    const stored = await persistence.reviews.policy(project.id);
    const done = stored.ok
      ? await persistence.records.put(
          project.id,
          [{ kind: 'policy', id: 'policy', value: change(stored.value) }],
          { code: 'quality.setUp', label: 'Change how quality is measured' },
        )
      : stored;
    if (!done.ok) toasts.show({ tone: 'error', message: done.error.message });
  };
  const { quality } = policy;
  const putQuality = (part: Partial<ReviewPolicy['quality']>) =>
    void put((stored) => ({ ...stored, quality: { ...stored.quality, ...part } }));
  return (
    <div className={styles.setup}>
      <section className={styles.part} aria-label="Thresholds">
        <h2>Thresholds</h2>
        <fieldset className={styles.fields} disabled={!maySetUp}>
          <NumberField
            size="xs"
            label="Least overlap of the same object"
            description="0.5 is the criterion of PASCAL VOC"
            min={0.05}
            max={0.99}
            step={0.05}
            decimalScale={2}
            value={quality.minOverlap}
            onValue={(minOverlap) => putQuality({ minOverlap })}
          />
          <NumberField
            size="xs"
            label="Low overlap below"
            description="right, but loose; 0.8 is CVAT’s default"
            min={0.05}
            max={1}
            step={0.05}
            decimalScale={2}
            value={quality.lowOverlap}
            onValue={(lowOverlap) => putQuality({ lowOverlap })}
          />
          <Select
            size="xs"
            label="Judge by"
            description="the figure on top of the overview"
            allowDeselect={false}
            data={Object.entries(METRIC_WORDS).map(([value, label]) => ({ value, label }))}
            value={quality.target.metric}
            onChange={(metric) =>
              putQuality({ target: { ...quality.target, metric: (metric ?? 'accuracy') as TargetMetric } })
            }
          />
          <NumberField
            size="xs"
            label="Good enough from"
            description="in per cent"
            min={0}
            max={100}
            value={Math.round(quality.target.least * 100)}
            onValue={(least) => putQuality({ target: { ...quality.target, least: least / 100 } })}
          />
          <NumberField
            size="xs"
            label="Honeypots in a labeller’s queue"
            description="in per cent, up to 50; they are taken from images with ground truth"
            min={0}
            max={50}
            value={Math.round(policy.honeypotShare * 100)}
            onValue={(share) => void put((stored) => ({ ...stored, honeypotShare: share / 100 }))}
          />
          <NumberField
            size="xs"
            label="Idle after"
            description="seconds without input"
            min={5}
            max={3600}
            value={policy.idleAfterSeconds}
            onValue={(idleAfterSeconds) => void put((stored) => ({ ...stored, idleAfterSeconds }))}
          />
        </fieldset>
        {!maySetUp && <p className="dim">Leads and admins change these.</p>}
      </section>
      <TruthPart project={project} />
      <ConsensusPart project={project} />
    </div>
  );
}
