import { useEffect, useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import type { ProjectId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';

export type ProjectState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly project: Project };

/** A project, read again whenever it changed. */
export function useProject(id: ProjectId | null): ProjectState {
  const { persistence } = useServices();
  const [state, setState] = useState<ProjectState>({ kind: 'loading' });
  useEffect(() => {
    if (id === null) return;
    let isCurrent = true;
    const show = (project: Project) => {
      if (isCurrent) setState({ kind: 'ready', project });
    };
    void persistence.projects.get(id).then((read) => {
      if (read.ok) show(read.value);
      else if (isCurrent) setState({ kind: 'failed', error: read.error });
    });
    const stop = persistence.projects.observe(id, show);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, id]);
  return state;
}
