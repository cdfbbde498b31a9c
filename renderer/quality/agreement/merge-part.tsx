import { Button } from '@mantine/core';
import { useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Dispute } from '../../../shared/quality/agreement/merge-consensus';
import { useServices } from '../../app/services';
import { count, plural } from '../../components/quantity';
import { findingsOf } from '../../workspace/findings';
import { applyMerge, type ImageMerge, planMerge } from '../merge-replicas';
import styles from '../quality.module.css';
import type { QualityTab } from '../quality-tab';

const DISPUTE_WORDS: Readonly<Record<Dispute, string>> = {
  votes: 'too few drew it',
  label: 'no label has the votes',
  attributes: 'attributes are tied',
  overlap: 'shapes have little in common',
};

/** Lines of what is left for a person; all are counted. */
const MOST_LISTED = 100;

/** From several answers to the image's own labels: what it would do, what it leaves open, and the deed with its undo. */
export function MergePart({ project, policy, nameOf }: QualityTab) {
  const services = useServices();
  const { persistence, jobs, toasts, rules } = services;
  const [plan, setPlan] = useState<readonly ImageMerge[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const role = persistence.session()?.role;
  const mayMerge = role !== undefined && isPermitted(role, 'quality.mergeConsensus');

  const look = async () => {
    setIsBusy(true);
    const stop = new AbortController();
    const job = jobs.start({ title: 'Comparing answers', cancel: () => stop.abort() });
    const planned = await planMerge(
      persistence,
      project.id,
      policy.quality,
      (done, total) => job.progress({ done, total, unit: 'images', perSecond: null, secondsLeft: null }),
      stop.signal,
    );
    setIsBusy(false);
    if (!planned.ok) return job.fail(planned.error);
    job.done('Answers are compared.');
    if (!stop.signal.aborted) setPlan(planned.value);
  };

  const merge = async (merges: readonly ImageMerge[]) => {
    setIsBusy(true);
    const job = jobs.start({ title: `Merging answers for ${plural(merges.length, 'image')}` });
    const done = await applyMerge(
      persistence,
      project.id,
      merges,
      (document) => findingsOf(document, project.schema, rules).length > 0,
      (images) =>
        job.progress({
          done: images,
          total: merges.length,
          unit: 'images',
          perSecond: null,
          secondsLeft: null,
        }),
    );
    setIsBusy(false);
    if (!done.ok) return job.fail(done.error);
    const { images, refused } = done.value;
    const words =
      images === 0 && refused.length === 0
        ? 'The labels are the merged answers already.'
        : `Merged the answers for ${plural(images, 'image')}${refused.length > 0 ? `; ${refused.length} refused: ${refused[0]?.error.message}` : ''}.`;
    job.done(words);
    setPlan(null);
    toasts.show({
      message: words,
      ...(images > 0 && {
        action: {
          label: 'Undo',
          run: async () => {
            const undone = await persistence.journal.undo(`project:${project.id}`);
            if (!undone.ok) toasts.show({ tone: 'error', message: undone.error.message });
          },
        },
      }),
    });
  };

  const settled = plan?.reduce((sum, { consensus }) => sum + consensus.objects.length, 0) ?? 0;
  const open =
    plan?.flatMap(({ image, consensus }) => consensus.disputed.map((object) => ({ image, object }))) ?? [];
  return (
    <section className={styles.part} aria-label="Merge answers">
      <h2>Merge answers</h2>
      {plan === null ? (
        <p className={styles.line}>
          <Button size="xs" variant="default" loading={isBusy} onClick={() => void look()}>
            Show what a merge would do
          </Button>
          <span className="dim">
            Objects that at least half of the people drew, with the label most of them gave. What is not
            settled is left for a person.
          </span>
        </p>
      ) : (
        <>
          <p>
            {plural(plan.length, 'image')}: {plural(settled, 'object')} settled, {count(open.length)} disputed
            and left out.
          </p>
          <p className={styles.line}>
            <Button
              size="xs"
              loading={isBusy}
              disabled={!mayMerge || plan.length === 0}
              title={mayMerge ? undefined : 'Leads and admins merge answers.'}
              onClick={() => void merge(plan)}
            >
              Merge into the labels
            </Button>
            <Button size="xs" variant="default" onClick={() => setPlan(null)}>
              Cancel
            </Button>
            <span className="dim">
              Replaces the labels of these images, as one change that can be undone. The answers stay.
            </span>
          </p>
          {open.length > 0 && (
            <ul className={styles.plainList} aria-label="Disputed objects">
              {open.slice(0, MOST_LISTED).map(({ image, object }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: disputed objects have no id of their own
                <li key={index}>
                  <button
                    type="button"
                    className={styles.rowButton}
                    onClick={() => services.navigation.go({ screen: 'label', imageId: image.id })}
                  >
                    {image.key}
                  </button>
                  <span>
                    {nameOf(object.labelId)} · {plural(object.votes, 'vote')}{' '}
                    <span className="dim">
                      {object.disputes.map((dispute) => DISPUTE_WORDS[dispute]).join(', ')}
                    </span>
                  </span>
                </li>
              ))}
              {open.length > MOST_LISTED && (
                <li className="dim">and {count(open.length - MOST_LISTED)} more</li>
              )}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
