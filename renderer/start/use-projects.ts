import { useEffect, useState } from 'react';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';

export interface ProjectLists {
  readonly active: readonly Project[];
  readonly archived: readonly Project[];
  readonly deleted: readonly Project[];
}

/** All projects, kept up to date; null while they are being read. */
export function useProjects(): ProjectLists | null {
  const { persistence } = useServices();
  const [lists, setLists] = useState<ProjectLists | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const take = async (projects: readonly Project[]) => {
      const deleted = await persistence.projects.listDeleted();
      if (!isCurrent) return;
      setLists({
        active: projects.filter((project) => project.archivedAt === null),
        archived: projects.filter((project) => project.archivedAt !== null),
        deleted,
      });
    };
    void persistence.projects.list().then(take);
    const stop = persistence.projects.observeList((projects) => void take(projects));
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence]);
  return lists;
}
