import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import styles from './batches.module.css';
import { CHANGED_SINCE, type HandIn, handInMany, NEVER_HANDED_IN } from './hand-in-many';

/** Every edit changes the counts; they follow at this pace. */
const PAUSE_IN_MS = 400;

/** Images that nobody reviews because nobody handed them in: labelled before, or changed since they were accepted. */
export function WaitingToBeHandedIn(props: { readonly project: Project; readonly policy: ReviewPolicy }) {
  const { project, policy } = props;
  const services = useServices();
  const [busy, setBusy] = useState<HandIn | null>(null);
  const labelled = useTotal(project, NEVER_HANDED_IN);
  const changed = useTotal(project, CHANGED_SINCE);
  const role = services.persistence.session()?.role ?? 'labeller';
  if (!policy.isReviewed || !isPermitted(role, 'review.reopen')) return null;
  const run = async (what: HandIn) => {
    setBusy(what);
    await handInMany(services, project, what);
    setBusy(null);
  };
  const line = (what: HandIn, words: string, action: string, title: string) => (
    <span className={styles.offer}>
      {words}
      <Button
        size="compact-xs"
        variant="default"
        title={title}
        loading={busy === what}
        disabled={busy !== null}
        onClick={() => void run(what)}
      >
        {action}
      </Button>
    </span>
  );
  return (
    <>
      {labelled > 0 &&
        line(
          NEVER_HANDED_IN,
          `${plural(labelled, 'labelled image')} never handed in`,
          'Hand in',
          'Hands them in in your name, as they are labelled now; somebody else accepts them.',
        )}
      {changed > 0 &&
        line(
          CHANGED_SINCE,
          `${plural(changed, 'accepted image')} changed since`,
          'Review again',
          'Puts what changed since it was accepted back into review, and nothing else.',
        )}
    </>
  );
}

function useTotal(project: Project, { filter }: HandIn): number {
  const { persistence } = useServices();
  const [total, setTotal] = useState(0);
  const { id } = project;
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = async () => {
      timer = null;
      const list = await persistence.images.list(id, filter);
      if (isCurrent) setTotal(list.ok ? list.value.total : 0);
    };
    void read();
    const stop = persistence.images.observe(id, () => {
      timer ??= setTimeout(() => void read(), PAUSE_IN_MS);
    });
    return () => {
      isCurrent = false;
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [persistence, id, filter]);
  return total;
}
