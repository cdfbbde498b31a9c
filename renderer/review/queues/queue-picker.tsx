import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import { BatchId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { count } from '../../components/quantity';
import styles from '../review.module.css';
import { type ChosenQueue, filterOfQueue } from './chosen-queue';
import { QUEUE_IDS, QUEUE_WORDS } from './review-queues';

const BATCH = 'batch:';

/** Which images are reviewed; how many each queue holds is looked up when it is opened. */
export function QueuePicker(props: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly queue: ChosenQueue;
  readonly onQueue: (queue: ChosenQueue) => void;
  readonly onRefresh: () => void;
}) {
  const { project, policy, queue, onQueue, onRefresh } = props;
  const { persistence } = useServices();
  const [batches, setBatches] = useState<readonly { value: string; label: string }[]>([]);
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());

  const look = async () => {
    const session = persistence.session();
    const listed = await persistence.records.list(project.id, 'batch');
    const samples = (listed.ok ? listed.value : []).filter(({ value }) => value.sample !== null);
    setBatches(samples.map(({ value }) => ({ value: `${BATCH}${value.id}`, label: value.name })));
    // Counts are of what images are, which is not for whoever is given answers in place of some.
    if (session === null || !isPermitted(session.role, 'review.judge')) return;
    const queues: ChosenQueue[] = [
      ...QUEUE_IDS.map((id): ChosenQueue => ({ kind: 'queue', id })),
      ...samples.map(({ value }): ChosenQueue => ({ kind: 'batch', batchId: value.id })),
    ];
    // One after the other: whoever opens the list waits for nothing, and the store is not asked ten things at once.
    for (const one of queues) {
      const review = filterOfQueue(one, session, policy);
      const list = await persistence.images.list(project.id, { review });
      if (list.ok) setCounts((known) => new Map(known).set(keyOf(one), list.value.total));
    }
  };

  return (
    <div className={styles.queue}>
      <Select
        className={styles.queueSelect ?? ''}
        size="xs"
        aria-label="Queue"
        allowDeselect={false}
        maxDropdownHeight={420}
        data={[
          { group: 'Queues', items: QUEUE_IDS.map((id) => ({ value: id, label: QUEUE_WORDS[id] })) },
          ...(batches.length > 0 ? [{ group: 'Samples of batches', items: [...batches] }] : []),
        ]}
        value={keyOf(queue)}
        onDropdownOpen={() => void look()}
        onChange={(value) => {
          if (value !== null) onQueue(queueOf(value));
        }}
        renderOption={({ option }) => (
          <span className={styles.queueOption}>
            <span>{option.label}</span>
            <span className="dim">{countText(counts.get(option.value))}</span>
          </span>
        )}
      />
      <Tooltip label="Look what came into this queue meanwhile">
        <ActionIcon aria-label="Read the queue again" onClick={onRefresh}>
          <RefreshCw size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function countText(value: number | undefined): string {
  return value === undefined ? '' : count(value);
}

function keyOf(queue: ChosenQueue): string {
  return queue.kind === 'queue' ? queue.id : `${BATCH}${queue.batchId}`;
}

function queueOf(value: string): ChosenQueue {
  if (value.startsWith(BATCH)) {
    return { kind: 'batch', batchId: BatchId.parse(value.slice(BATCH.length)) };
  }
  return { kind: 'queue', id: QUEUE_IDS.find((id) => id === value) ?? 'toReview' };
}
