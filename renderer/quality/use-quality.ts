import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LabelId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { resolveMergedLabels } from '../../shared/schema/resolve-label';
import { DEFAULT_REVIEW_POLICY, type ReviewPolicy } from '../../shared/schema/review-policy';
import { useServices } from '../app/services';
import type { QualityFigures, QualityStatus } from './engine/quality-messages';
import type { OpenQuality } from './engine/quality-source';

export interface QualityState {
  readonly quality: OpenQuality;
  readonly status: QualityStatus;
  /** Null until they are there for the first time. */
  readonly figures: QualityFigures | null;
}

/** The quality of a project, worked out by the project's thresholds and kept up to date; null until these are read. */
export function useQuality(project: Project, policy: ReviewPolicy | null): QualityState | null {
  const { quality: source } = useServices();
  const [quality, setQuality] = useState<OpenQuality | null>(null);
  const { minOverlap, lowOverlap } = policy?.quality ?? {};
  useEffect(() => {
    if (minOverlap === undefined || lowOverlap === undefined) return;
    const merges = [...resolveMergedLabels(project.schema)].flatMap(([id, { id: as }]) =>
      id === as ? [] : [[id, as] as [LabelId, LabelId]],
    );
    setQuality(source.open(project.id, { minOverlap, lowOverlap, merges }));
  }, [source, project.id, project.schema, minOverlap, lowOverlap]);
  const subscribe = (listener: () => void) => quality?.subscribe(listener) ?? (() => undefined);
  const status = useSyncExternalStore(subscribe, () => quality?.status() ?? null);
  const figures = useSyncExternalStore(subscribe, () => quality?.figures() ?? null);
  return quality === null || status === null ? null : { quality, status, figures };
}

/** How the project is reviewed, read again when it changed; null until it is read. */
export function usePolicy(project: Project): ReviewPolicy | null {
  const { persistence } = useServices();
  const [policy, setPolicy] = useState<ReviewPolicy | null>(null);
  const { id } = project;
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const found = await persistence.reviews.policy(id);
      if (isCurrent) setPolicy(found.ok ? found.value : DEFAULT_REVIEW_POLICY);
    };
    void read();
    // A policy names no image; whatever names some is none.
    const stop = persistence.images.observe(id, ({ imageIds }) => {
      if (imageIds === 'many' || imageIds.length === 0) void read();
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, id]);
  return policy;
}
