import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Project } from '../../shared/schema/project';
import { useRoute } from '../app/services';
import { ErrorNotice } from './error-notice';
import styles from './project-screen.module.css';
import { useProject } from './use-project';

/** A screen of the project at hand: what stands in its place until the project is read, and when it cannot be. */
export function ProjectScreen({ children }: { readonly children: (project: Project) => ReactNode }) {
  const { projectId } = useRoute();
  const state = useProject(projectId);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The project could not be read" message={state.error.message} />;
  }
  return state.kind === 'loading' ? <ScreenWaiting /> : children(state.project);
}

export function ScreenWaiting() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <Skeleton height={72} />
      <Skeleton height={320} />
    </div>
  );
}
