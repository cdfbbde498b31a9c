import { SegmentedControl, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import { saidWhenSlow } from '../said-when-slow';
import { SettledNumber } from './settled-number';
import styles from './setup.module.css';

const WEIGHING = {
  title: 'Weighing verdicts by the new settings',
  done: 'Every image stands where the new settings put it.',
};

/** How a project is reviewed: each can be changed at any time, none touches a label, and one undo takes it back. */
export function ReviewSetupTab({
  project,
  policy,
}: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
}) {
  const { persistence, toasts, jobs } = useServices();
  const role = persistence.session()?.role;
  const maySetUp = role !== undefined && isPermitted(role, 'review.setUp');
  /** Gives what the changed settings were before; null when they could not be stored. */
  const store = async (part: Partial<ReviewPolicy>, label: string): Promise<Partial<ReviewPolicy> | null> => {
    // What is on screen may be older than the change before this one.
    const now = await persistence.reviews.policy(project.id);
    const stored = !now.ok
      ? now
      : // Of a large project every verdict is weighed again.
        await saidWhenSlow(jobs, WEIGHING, () =>
          persistence.records.put(
            project.id,
            [{ kind: 'policy', id: 'policy', value: { ...now.value, ...part } }],
            { code: 'review.setUp', label },
          ),
        );
    if (!now.ok || !stored.ok) {
      if (!stored.ok) toasts.show({ tone: 'error', message: stored.error.message });
      return null;
    }
    return Object.fromEntries(
      (Object.keys(part) as (keyof ReviewPolicy)[]).map((key) => [key, now.value[key]]),
    );
  };
  const put = async (part: Partial<ReviewPolicy>, message: string) => {
    const before = await store(part, 'Change how images are reviewed');
    if (before === null) return;
    const undo = async () => void (await store(before, 'Undo: Change how images are reviewed'));
    toasts.show({ message, action: { label: 'Undo', run: undo } });
  };
  return (
    <fieldset className={styles.setup} disabled={!maySetUp} aria-label="Review settings">
      {!maySetUp && <p className={styles.notice}>Leads and admins change these.</p>}
      <Part title="Review">
        <Setting
          does={
            policy.isReviewed
              ? 'Labelled images are handed in, and are accepted, mended or given back.'
              : 'Images count as they are labelled. Verdicts that were given stay on record.'
          }
        >
          <Switch
            label="Images are reviewed"
            checked={policy.isReviewed}
            onChange={({ currentTarget: { checked } }) =>
              void put(
                { isReviewed: checked },
                checked ? 'Images are reviewed from now on.' : 'Images are not reviewed any more.',
              )
            }
          />
        </Setting>
        <Setting
          label="People who must accept an image"
          does="More people find more errors and cost as much again. Images that were accepted by fewer wait for review again, those that have enough count as accepted at once."
        >
          <SegmentedControl
            aria-label="People who must accept an image"
            disabled={!maySetUp}
            data={['1', '2', '3']}
            value={String(policy.reviewsNeeded)}
            onChange={(value) =>
              void put(
                { reviewsNeeded: Number(value) },
                Number(value) === 1 ? 'One person accepts an image.' : `${value} people accept an image.`,
              )
            }
          />
        </Setting>
        <Setting
          does={
            policy.allowsOwnReview
              ? 'Whoever handed an image in may accept it: quick for a team of one, and nobody else looks.'
              : 'Whoever handed an image in cannot accept it, neither alone nor with a batch.'
          }
        >
          <Switch
            label="People may accept their own work"
            checked={policy.allowsOwnReview}
            onChange={({ currentTarget: { checked } }) =>
              void put(
                { allowsOwnReview: checked },
                checked ? 'People may accept their own work.' : 'Somebody else accepts each image.',
              )
            }
          />
        </Setting>
      </Part>
      <Part title="Assignment">
        <Setting
          does={
            policy.showsOnlyAssigned
              ? 'A labeller’s list holds what is assigned to them or to nobody. It keeps people out of each other’s way; it does not hide anything from whoever looks for it.'
              : 'Every labeller’s list holds every image, whoever it is assigned to.'
          }
        >
          <Switch
            label="Labellers see only what is assigned to them or to nobody"
            checked={policy.showsOnlyAssigned}
            onChange={({ currentTarget: { checked } }) =>
              void put(
                { showsOnlyAssigned: checked },
                checked ? 'Labellers see only their own images.' : 'Labellers see every image.',
              )
            }
          />
        </Setting>
      </Part>
      <Part title="While nobody works">
        <Setting
          does={
            policy.lockAfterMinutes === 0
              ? 'Profiles never lock by themselves: whoever comes by works in the name of who left.'
              : `After ${plural(policy.lockAfterMinutes, 'minute')} without input the app asks for the passphrase. Only where people have profiles.`
          }
        >
          <SettledNumber
            label="Lock after"
            suffix={policy.lockAfterMinutes === 1 ? ' minute' : ' minutes'}
            description="0 never locks"
            min={0}
            max={24 * 60}
            isDisabled={!maySetUp}
            value={policy.lockAfterMinutes}
            onValue={(lockAfterMinutes) =>
              void put(
                { lockAfterMinutes },
                lockAfterMinutes === 0
                  ? 'Profiles do not lock by themselves.'
                  : `Profiles lock after ${plural(lockAfterMinutes, 'minute')}.`,
              )
            }
          />
        </Setting>
        <Setting does="Time without input longer than this is not counted as work. Time that is on record stays as it is.">
          <SettledNumber
            label="Idle after"
            suffix=" seconds"
            min={5}
            max={3600}
            isDisabled={!maySetUp}
            value={policy.idleAfterSeconds}
            onValue={(idleAfterSeconds) =>
              void put(
                { idleAfterSeconds },
                `Work counts until ${plural(idleAfterSeconds, 'second')} without input.`,
              )
            }
          />
        </Setting>
      </Part>
    </fieldset>
  );
}

function Part(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** A setting with what follows from it as it is now. */
function Setting(props: { readonly label?: string; readonly does: string; readonly children: ReactNode }) {
  return (
    <div className={styles.setting}>
      {props.label !== undefined && <span className={styles.label}>{props.label}</span>}
      {props.children}
      <p>{props.does}</p>
    </div>
  );
}
