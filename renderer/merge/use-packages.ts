import { useEffect, useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import type { ProjectId } from '../../shared/schema/ids';
import type { RecordOf } from '../../shared/schema/project-records';
import { useServices } from '../app/services';

export interface Packages {
  readonly issued: readonly RecordOf<'package'>[];
  /** Not decided yet, oldest first. */
  readonly conflicts: readonly RecordOf<'conflict'>[];
  /** Of which package this project was made; null for other projects. */
  readonly received: RecordOf<'receivedPackage'> | null;
}

export type PackagesState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly packages: Packages };

/** What is on record of work apart, read again whenever the project changes. */
export function usePackages(projectId: ProjectId): PackagesState {
  const { persistence } = useServices();
  const [state, setState] = useState<PackagesState>({ kind: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const { records } = persistence;
      const [issued, conflicts, received] = await Promise.all([
        records.list(projectId, 'package'),
        records.list(projectId, 'conflict'),
        records.list(projectId, 'receivedPackage'),
      ]);
      if (!isCurrent) return;
      if (!issued.ok) return setState({ kind: 'failed', error: issued.error });
      if (!conflicts.ok) return setState({ kind: 'failed', error: conflicts.error });
      if (!received.ok) return setState({ kind: 'failed', error: received.error });
      setState({
        kind: 'ready',
        packages: {
          issued: issued.value.map(({ value }) => value).sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1)),
          conflicts: conflicts.value
            .map(({ value }) => value)
            .filter(({ resolved }) => resolved === null)
            .sort((a, b) => (a.foundAt + a.id < b.foundAt + b.id ? -1 : 1)),
          received: received.value[0]?.value ?? null,
        },
      });
    };
    void read();
    const stop = persistence.images.observe(projectId, () => void read());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, projectId]);
  return state;
}
