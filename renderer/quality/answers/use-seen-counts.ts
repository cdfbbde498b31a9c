import { useEffect, useRef, useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import { createSeenCounts, type SeenCounts, type StateCounts } from './seen-counts';

/**
 * How many images of each state whoever works now sees; null while that is not known. Whoever reviews sees images as
 * they are, others see their own answers in place of some.
 */
export function useSeenCounts({ id, counts }: Project): StateCounts | null {
  const { persistence } = useServices();
  const role = persistence.session()?.role ?? 'labeller';
  const seesImages = isPermitted(role, 'review.judge');
  const reader = useRef<SeenCounts | null>(null);
  const [seen, setSeen] = useState<StateCounts | null>(null);
  // What the counts are now, for when an answer changes, which no count of the project tells.
  const newest = useRef(counts);
  newest.current = counts;

  useEffect(() => {
    if (seesImages) return;
    const made = createSeenCounts(persistence, id);
    reader.current = made;
    const read = async () => {
      const found = await made.of(newest.current);
      if (reader.current === made) setSeen(found);
    };
    const stop = persistence.images.observe(id, ({ imageIds }) => void made.changed(imageIds).then(read));
    return () => {
      reader.current = null;
      stop();
    };
  }, [persistence, id, seesImages]);

  useEffect(() => {
    const made = reader.current;
    void made?.of(counts).then((found) => {
      if (reader.current === made) setSeen(found);
    });
  }, [counts]);
  return seesImages ? counts : seen;
}
