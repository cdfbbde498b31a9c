import { Button, Skeleton } from '@mantine/core';
import { Boxes, Plus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Batch } from '../../../shared/schema/batch';
import type { BatchId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { ErrorNotice } from '../../components/error-notice';
import { usePolicy } from '../../quality/use-quality';
import { type ChosenQueue, queueKey } from '../queues/chosen-queue';
import { AssignForm } from './assign-form';
import { applyVerdict, removeBatch, takeVerdictBack } from './batch-deeds';
import { BatchTable } from './batch-table';
import styles from './batches.module.css';
import { NewBatch } from './new-batch';
import { type BatchRow, useBatches } from './use-batches';
import { WaitingToBeHandedIn } from './waiting-to-be-handed-in';

/** Images that are handed in, sampled and judged together, and who labels and reviews them. */
export function BatchesTab({ project }: { readonly project: Project }) {
  const state = useBatches(project.id);
  const policy = usePolicy(project);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The batches could not be read" message={state.error.message} />;
  }
  if (state.kind === 'loading' || policy === null) {
    return (
      <div className={styles.waiting} aria-busy="true">
        <Skeleton height={32} />
        <Skeleton height={240} />
      </div>
    );
  }
  return <Batches project={project} policy={policy} rows={state.rows} />;
}

/** What is open beside the table. */
type Side = { readonly kind: 'new' } | { readonly kind: 'assign'; readonly batchId: BatchId | null } | null;

function Batches(props: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly rows: readonly BatchRow[];
}) {
  const { project, policy, rows } = props;
  const services = useServices();
  const { persistence, navigation } = services;
  const [side, setSide] = useState<Side>(null);
  const [isBusy, setBusy] = useState(false);
  const role = persistence.session()?.role ?? 'labeller';
  const mayAssign = isPermitted(role, 'review.assign');
  const mayJudge = isPermitted(role, 'review.judge');
  const batches = rows.map(({ batch }) => batch);
  const busily = (run: () => Promise<unknown>) => {
    setBusy(true);
    void run().finally(() => setBusy(false));
  };
  const review = ({ id }: Batch) => {
    persistence.preferences.set(queueKey(project.id), { kind: 'batch', batchId: id } satisfies ChosenQueue);
    navigation.go({ screen: 'review' });
  };
  const close = () => setSide(null);
  return (
    <div className={styles.tab}>
      <div className={styles.main}>
        {mayJudge && (
          <div className={styles.toolbar}>
            <WaitingToBeHandedIn project={project} policy={policy} />
            <span className={styles.gap} />
            {mayAssign && (
              <>
                <Button
                  variant="default"
                  leftSection={<UserPlus size={14} aria-hidden />}
                  onClick={() => setSide({ kind: 'assign', batchId: null })}
                >
                  Assign images…
                </Button>
                <Button leftSection={<Plus size={14} aria-hidden />} onClick={() => setSide({ kind: 'new' })}>
                  New batch…
                </Button>
              </>
            )}
          </div>
        )}
        {rows.length === 0 ? (
          <EmptyNotice
            icon={<Boxes size={20} />}
            title="No batches yet"
            message="A batch is a number of images that are judged by a sample: review some of them, and the sample says whether all of them are accepted or given back. How many are drawn, and how many may be wrong, is up to a plan that you choose."
          >
            {mayAssign && side === null && (
              <Button onClick={() => setSide({ kind: 'new' })}>Make the first batch</Button>
            )}
          </EmptyNotice>
        ) : (
          <BatchTable
            rows={rows}
            mayAssign={mayAssign}
            mayJudge={mayJudge}
            isBusy={isBusy}
            actions={{
              onReview: review,
              onVerdict: (batch, verdict) => busily(() => applyVerdict(services, project, batch, verdict)),
              onTakeBack: (batch) => busily(() => takeVerdictBack(services, project, batch)),
              onAssign: ({ id }) => setSide({ kind: 'assign', batchId: id }),
              onRemove: (batch) => busily(() => removeBatch(services, project, batch)),
            }}
          />
        )}
      </div>
      {side?.kind === 'new' && (
        <NewBatch project={project} policy={policy} batches={batches} onDone={close} />
      )}
      {side?.kind === 'assign' && (
        <AssignForm
          key={side.batchId}
          project={project}
          policy={policy}
          batches={batches}
          batchId={side.batchId}
          onDone={close}
        />
      )}
    </div>
  );
}
