import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Deed } from '../../../shared/people/permissions';
import type { Batch } from '../../../shared/schema/batch';
import type { BatchId, ImageId } from '../../../shared/schema/ids';
import type { PersonRef } from '../../../shared/schema/person';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { count, plural } from '../../components/quantity';
import { SectionHeader } from '../../components/section-header';
import { personKey } from '../../persistence/review-marks';
import { assign } from './batch-deeds';
import styles from './batches.module.css';
import { CHOICE_OF_ALL, type ImageChoice } from './image-choice';
import { ImageChoiceFields } from './image-choice-fields';
import { PeopleField } from './people-field';
import { type Receivers, shareOut } from './share-out';
import { useChosen } from './use-chosen';

type Mode = 'keep' | 'people' | 'nobody';

interface TaskDraft {
  readonly mode: Mode;
  readonly people: readonly PersonRef[];
}

const UNTOUCHED: TaskDraft = { mode: 'keep', people: [] };
const NONE_LEFT_OUT: ReadonlySet<ImageId> = new Set();

/** Which images go to whom, to be labelled and to be reviewed. */
export function AssignForm(props: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly batches: readonly Batch[];
  /** The batch that is given, when one was chosen. */
  readonly batchId: BatchId | null;
  readonly onDone: () => void;
}) {
  const { project, policy, batches, batchId, onDone } = props;
  const services = useServices();
  const [choice, setChoice] = useState<ImageChoice>({
    ...CHOICE_OF_ALL,
    kind: batchId === null ? 'unlabelled' : 'all',
    batchId,
  });
  const [labelling, setLabelling] = useState<TaskDraft>(UNTOUCHED);
  const [reviewing, setReviewing] = useState<TaskDraft>(UNTOUCHED);
  const [isBusy, setBusy] = useState(false);
  const chosen = useChosen(project, choice, NONE_LEFT_OUT);
  const images = chosen.kind === 'ready' ? chosen.images.length : null;
  const [labellers, reviewers] = [receiversOf(labelling), receiversOf(reviewing)];
  const isMeant = isComplete(labelling) && isComplete(reviewing);
  const isAnything = labellers !== undefined || reviewers !== undefined;
  const isCurrent = chosen.kind === 'ready' && !chosen.isStale && chosen.images.length > 0;
  const canAssign = isMeant && isAnything && isCurrent && !isBusy;
  const isOwnReview =
    !policy.allowsOwnReview &&
    labelling.people.length === 1 &&
    reviewing.people.length === 1 &&
    labelling.people.every((one) => reviewing.people.some((other) => personKey(one) === personKey(other)));

  const give = async () => {
    if (chosen.kind !== 'ready') return;
    setBusy(true);
    const ids = chosen.images.map(({ id }) => id);
    const isDone = await assign(services, project, shareOut(ids, labellers, reviewers));
    setBusy(false);
    if (isDone) onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label="Assign images"
      onSubmit={(event) => {
        event.preventDefault();
        if (canAssign) void give();
      }}
    >
      <SectionHeader title="Assign images">
        <ActionIcon size="sm" aria-label="Close" onClick={onDone}>
          <X size={14} />
        </ActionIcon>
      </SectionHeader>
      <div className={styles.fields}>
        <ImageChoiceFields choice={choice} onChoice={setChoice} batches={batches} />
        <TaskFields
          title="To label"
          label="Who labels"
          deed="review.submit"
          draft={labelling}
          onDraft={setLabelling}
        />
        <TaskFields
          title="To review"
          label="Who reviews"
          deed="review.judge"
          draft={reviewing}
          onDraft={setReviewing}
        />
      </div>
      <div className={styles.foot}>
        <div className={styles.preview} role="status" aria-label="What will be assigned">
          {chosen.kind === 'failed' ? (
            <p className={styles.warning}>{chosen.error.message}</p>
          ) : (
            <p className={styles.drawn}>
              {images === null ? (
                'Reading images…'
              ) : (
                <ImagesEach images={images} labellers={labellers} reviewers={reviewers} />
              )}
            </p>
          )}
          {isOwnReview && (
            <p className={styles.warning}>
              In this project nobody accepts their own work: whoever labels these cannot accept them.
            </p>
          )}
        </div>
        <Button type="submit" disabled={!canAssign} loading={isBusy}>
          Assign
        </Button>
      </div>
    </form>
  );
}

function TaskFields(props: {
  readonly title: string;
  readonly label: string;
  readonly deed: Deed;
  readonly draft: TaskDraft;
  readonly onDraft: (draft: TaskDraft) => void;
}) {
  const { title, label, deed, draft, onDraft } = props;
  return (
    <div className={styles.task}>
      <span>{title}</span>
      <SegmentedControl
        fullWidth
        aria-label={title}
        data={[
          { value: 'keep', label: 'As it is' },
          { value: 'people', label: 'People' },
          { value: 'nobody', label: 'Nobody' },
        ]}
        value={draft.mode}
        onChange={(mode) => onDraft({ ...draft, mode: mode as Mode })}
      />
      {draft.mode === 'people' && (
        <PeopleField
          label={label}
          deed={deed}
          value={draft.people}
          onValue={(people) => onDraft({ ...draft, people })}
        />
      )}
    </div>
  );
}

function ImagesEach(props: {
  readonly images: number;
  readonly labellers: Receivers;
  readonly reviewers: Receivers;
}) {
  const each = (receivers: Receivers) => {
    const people = receivers?.length ?? 0;
    if (people < 2) return null;
    const least = Math.floor(props.images / people);
    const most = Math.ceil(props.images / people);
    return least === most ? count(least) : `${count(least)} or ${count(most)}`;
  };
  const [label, review] = [each(props.labellers), each(props.reviewers)];
  return (
    <>
      <strong>{count(props.images)}</strong> {plural(props.images, 'image').split(' ')[1]}
      {label !== null && `, ${label} to label each`}
      {review !== null && `, ${review} to review each`}
    </>
  );
}

function receiversOf({ mode, people }: TaskDraft): Receivers {
  if (mode === 'nobody') return null;
  return mode === 'people' && people.length > 0 ? people : undefined;
}

function isComplete({ mode, people }: TaskDraft): boolean {
  return mode !== 'people' || people.length > 0;
}
