import { Skeleton } from '@mantine/core';
import { useRoute } from '../app/services';
import { ErrorNotice } from '../components/error-notice';
import { useProject } from '../components/use-project';
import { SchemaEditor } from './schema-editor';
import styles from './schema-editor.module.css';

/** The label schema of the project at hand. */
export default function SchemaScreen() {
  const { projectId } = useRoute();
  const state = useProject(projectId);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The label schema could not be read" message={state.error.message} />;
  }
  if (state.kind === 'loading') {
    return (
      <div className={styles.loading} aria-busy="true">
        {[0, 1, 2, 3, 4, 5].map((at) => (
          <Skeleton key={at} height={28} mt={4} />
        ))}
      </div>
    );
  }
  return <SchemaEditor project={state.project} />;
}
