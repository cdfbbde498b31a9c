import { useEffect, useState } from 'react';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';
import type { ProjectObjects } from '../objects/object-source';
import { usePolicy, useQuality } from '../quality/use-quality';

/**
 * Hands the gallery's table how far people disagree about each object, again whenever it changed. Only where several
 * people answered for the same image: otherwise nothing is compared, and the order is not offered.
 */
export function useDisagreement(project: Project, objects: ProjectObjects | null): void {
  const hasAnswers = useHasAnswers(project);
  const policy = usePolicy(project);
  const state = useQuality(project, hasAnswers ? policy : null);
  const { quality, figures } = state ?? {};
  const isRead = state !== null && state.status.kind !== 'reading';
  // biome-ignore lint/correctness/useExhaustiveDependencies: new figures mean that an answer may have changed
  useEffect(() => {
    if (quality === undefined || objects === null || !isRead) return;
    let isCurrent = true;
    void quality.ask({ kind: 'disagreement' }).then((answer) => {
      // Without it the order is not offered; the quality screen says why it cannot be worked out.
      if (isCurrent && answer.ok) objects.setColumn('disagreement', answer.value.objects);
    });
    return () => {
      isCurrent = false;
    };
  }, [quality, objects, isRead, figures]);
}

function useHasAnswers({ id }: Project): boolean {
  const { persistence } = useServices();
  const [hasAnswers, setHasAnswers] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    void persistence.layers.list(id, { purpose: 'consensus' }).then((listed) => {
      if (isCurrent && listed.ok) setHasAnswers(listed.value.some(({ submittedAt }) => submittedAt !== null));
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, id]);
  return hasAnswers;
}
