import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import type { ReviewFilter } from '../../persistence/ports';
import { useWorkspace } from '../workspace-context';
import { labellerQueue, queueOfFilter } from './labeller-queues';

/** Images come back one by one; they are counted again when that paused. */
const PAUSE_IN_MS = 300;

/** Says how many images were given back to whoever labels, and shows them; nothing when there is none. */
export function GivenBack(props: {
  readonly filter: ReviewFilter | undefined;
  readonly onFilter: (filter: ReviewFilter | undefined) => void;
}) {
  const { persistence } = useServices();
  const { id } = useObservable(useWorkspace().project);
  const [total, setTotal] = useState(0);
  const session = persistence.session();

  useEffect(() => {
    const now = persistence.session();
    if (now === null) return;
    const review = labellerQueue('givenBack', { id: now.personId, name: now.name });
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isCurrent = true;
    const read = async () => {
      timer = null;
      const list = await persistence.images.list(id, { review });
      if (isCurrent && list.ok) setTotal(list.value.total);
    };
    const stop = persistence.images.observe(id, () => {
      timer ??= setTimeout(() => void read(), PAUSE_IN_MS);
    });
    void read();
    return () => {
      isCurrent = false;
      if (timer !== null) clearTimeout(timer);
      stop();
    };
  }, [persistence, id]);

  if (session === null || total === 0) return null;
  const person = { id: session.personId, name: session.name };
  if (queueOfFilter(props.filter, person) === 'givenBack') return null;
  return (
    <Button
      variant="light"
      size="compact-xs"
      justify="flex-start"
      leftSection={<Undo2 size={12} />}
      onClick={() => props.onFilter(labellerQueue('givenBack', person))}
    >
      {plural(total, 'image')} given back to you
    </Button>
  );
}
