import { ActionIcon, Button, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Batch } from '../../../shared/schema/batch';
import type { ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { ErrorNotice } from '../../components/error-notice';
import { SectionHeader } from '../../components/section-header';
import { createBatch } from './batch-deeds';
import styles from './batches.module.css';
import { CHOICE_OF_ALL, type ImageChoice } from './image-choice';
import { ImageChoiceFields } from './image-choice-fields';
import { FIRST_DRAFT, planOfDraft } from './plan-draft';
import { PlanFields } from './plan-fields';
import { PlanPreview } from './plan-preview';
import { candidatesOf, type Risks, readRisks } from './read-risks';
import { useChosen } from './use-chosen';

/** Nothing is left to judge of them. */
const ACCEPTED = ['accepted'] as const;
const FIRST_CHOICE: ImageChoice = { ...CHOICE_OF_ALL, kind: 'waiting' };

/** Which images become a batch, and which of them are reviewed. */
export function NewBatch(props: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly batches: readonly Batch[];
  readonly onDone: () => void;
}) {
  const { project, policy, batches, onDone } = props;
  const services = useServices();
  const [name, setName] = useState(() => freeName(batches));
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const [seed] = useState(() => crypto.randomUUID());
  const [isBusy, setBusy] = useState(false);
  const taken = useMemo(() => imagesOfOpenBatches(batches), [batches]);
  const chosen = useChosen(project, choice, taken);
  const risks = useRisks(project, policy, draft.kind === 'risk');
  const images = chosen.kind === 'ready' ? chosen.images : null;
  const candidates = useMemo(() => candidatesOf(images ?? [], risks), [images, risks]);
  const plan = useMemo(() => planOfDraft(draft, seed), [draft, seed]);
  const isReady = images !== null && images.length > 0 && (plan.kind !== 'risk' || risks !== null);
  const canMake = isReady && chosen.kind === 'ready' && !chosen.isStale && name.trim() !== '' && !isBusy;

  const make = async () => {
    setBusy(true);
    const made = await createBatch(services, project, { name: name.trim(), plan, candidates });
    setBusy(false);
    if (!made.ok) services.toasts.show({ tone: 'error', message: made.error.message });
    else if (made.value !== null) onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label="New batch"
      onSubmit={(event) => {
        event.preventDefault();
        if (canMake) void make();
      }}
    >
      <SectionHeader title="New batch">
        <ActionIcon size="sm" aria-label="Close" onClick={onDone}>
          <X size={14} />
        </ActionIcon>
      </SectionHeader>
      <div className={styles.fields}>
        <TextInput
          label="Name"
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ImageChoiceFields choice={choice} onChoice={setChoice} without={ACCEPTED} />
        <PlanFields draft={draft} onDraft={setDraft} schema={project.schema} />
      </div>
      <div className={styles.foot}>
        {chosen.kind === 'failed' && (
          <ErrorNotice title="The images could not be read" message={chosen.error.message} />
        )}
        {chosen.kind === 'reading' && <p className="dim">Reading images…</p>}
        {images !== null && images.length === 0 && (
          <p className={styles.hint}>
            No image is like this, or all of them are in a batch that has no verdict yet.
          </p>
        )}
        {images !== null && images.length > 0 && (
          <>
            {choice.kind !== 'waiting' && (
              <p className={styles.hint}>
                Images are judged once they are handed in; what of the sample is not waits until it is.
              </p>
            )}
            <PlanPreview plan={plan} candidates={candidates} risks={risks} />
          </>
        )}
        <Button type="submit" disabled={!canMake} loading={isBusy}>
          Make the batch
        </Button>
      </div>
    </form>
  );
}

/** An image is in one open batch at a time; once there is a verdict it can be in the next. */
function imagesOfOpenBatches(batches: readonly Batch[]): ReadonlySet<ImageId> {
  return new Set(batches.flatMap(({ verdict, imageIds }) => (verdict === null ? imageIds : [])));
}

function freeName(batches: readonly Batch[]): string {
  const names = new Set(batches.map(({ name }) => name));
  for (let number = batches.length + 1; ; number += 1) {
    if (!names.has(`Batch ${number}`)) return `Batch ${number}`;
  }
}

/** Read only for the plan that asks for them; null until they are there. */
function useRisks(project: Project, policy: ReviewPolicy, isWanted: boolean): Risks | null {
  const { persistence, quality, toasts } = useServices();
  const [risks, setRisks] = useState<Risks | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void readRisks({ persistence, quality }, project, policy).then((read) => {
      if (!isCurrent) return;
      if (read.ok) setRisks(read.value);
      else toasts.show({ tone: 'error', message: read.error.message });
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, quality, toasts, project, policy, isWanted]);
  return risks;
}
