import { useEffect, useState } from 'react';
import type { Activity } from '../../../shared/schema/activity';
import type { ProjectId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';
import { objectsAfterRejection } from './objects-after-rejection';
import { type YieldFigures, yieldByPerson } from './time-figures';

/** Days that no calendar goes beyond. */
const ALWAYS = { from: '0000-01-01', to: '9999-12-31' };
const REVIEWS_PER_BATCH = 500;
/** More lines than an image has: all of them are wanted. */
const ALL_LINES = 1_000_000;

export interface TimeState {
  /** Null while it is read. */
  readonly work: readonly Activity[] | null;
  readonly yields: readonly YieldFigures[] | null;
  readonly failure: string | null;
}

/** Measured work and what became of images in review; of others only where the role may see them. */
export function useTime(projectId: ProjectId, seesEveryone: boolean): TimeState {
  const { persistence } = useServices();
  const [state, setState] = useState<TimeState>({ work: null, yields: null, failure: null });
  useEffect(() => {
    let isCurrent = true;
    void (async () => {
      const work = await persistence.activity.list(projectId, ALWAYS);
      if (!isCurrent) return;
      if (!work.ok) return setState((before) => ({ ...before, failure: work.error.message }));
      setState((before) => ({ ...before, work: work.value }));
      const own = persistence.session()?.name;
      const all: Parameters<typeof yieldByPerson>[0] extends Iterable<infer Entry> ? Entry[] : never = [];
      try {
        for await (const batch of persistence.reviews.stream(projectId, REVIEWS_PER_BATCH)) {
          if (!isCurrent) return;
          for (const entry of batch) {
            const isRejected = entry.events.some(
              (event) => event.kind === 'judged' && event.verdict === 'rejected',
            );
            // The journal is asked of few images only: most are accepted.
            const lines = isRejected
              ? await persistence.journal.history(entry.review.imageId, ALL_LINES)
              : [];
            all.push({ ...entry, reworkedObjects: objectsAfterRejection(entry.events, lines) });
          }
        }
      } catch {
        setState((before) => ({
          ...before,
          yields: [],
          failure: 'The reviews of this project could not be read.',
        }));
        return;
      }
      const yields = yieldByPerson(all).filter(({ name }) => seesEveryone || name === own);
      if (isCurrent) setState((before) => ({ ...before, yields }));
    })();
    return () => {
      isCurrent = false;
    };
  }, [persistence, projectId, seesEveryone]);
  return state;
}
