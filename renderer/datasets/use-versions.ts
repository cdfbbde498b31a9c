import { useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import type { ProjectId } from '../../shared/schema/ids';
import { useServices } from '../app/services';

export interface Versions {
  /** Newest first; null while they are being read. */
  readonly list: readonly VersionSummary[] | null;
  readonly error: AppError | null;
  readonly reload: () => Promise<void>;
}

/** The project's dataset versions as the lake's catalogue lists them. */
export function useVersions(projectId: ProjectId): Versions {
  const { bridge } = useServices();
  const [list, setList] = useState<readonly VersionSummary[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const reload = useCallback(async () => {
    const read = await bridge.invoke('lake.versions', { projectId });
    setError(read.ok ? null : read.error);
    if (read.ok) setList([...read.value].sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)));
  }, [bridge, projectId]);
  useEffect(() => void reload(), [reload]);
  return { list, error, reload };
}
