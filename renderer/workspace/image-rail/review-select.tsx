import { Select } from '@mantine/core';
import { useServices } from '../../app/services';
import type { ReviewFilter } from '../../persistence/ports';
import { LABELLER_QUEUE_WORDS, LABELLER_QUEUES, labellerQueue, queueOfFilter } from './labeller-queues';

/** Filters the list by where one's own images stand in their review. */
export function ReviewSelect(props: {
  readonly filter: ReviewFilter | undefined;
  readonly onFilter: (filter: ReviewFilter | undefined) => void;
}) {
  const session = useServices().persistence.session();
  if (session === null) return null;
  const person = { id: session.personId, name: session.name };
  return (
    <Select
      label="Review"
      placeholder="Any"
      clearable
      comboboxProps={{ withinPortal: false }}
      data={LABELLER_QUEUES.map((value) => ({ value, label: LABELLER_QUEUE_WORDS[value] }))}
      value={queueOfFilter(props.filter, person)}
      onChange={(value) => {
        const queue = LABELLER_QUEUES.find((one) => one === value);
        props.onFilter(queue === undefined ? undefined : labellerQueue(queue, person));
      }}
    />
  );
}
