import { useRoute } from '../app/services';
import { ErrorNotice } from '../components/error-notice';
import { useProject } from '../components/use-project';

/** All objects of the project at hand as crops. */
export default function GalleryScreen() {
  const { projectId } = useRoute();
  const state = useProject(projectId);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The objects could not be read" message={state.error.message} />;
  }
  return <div aria-busy="true" />;
}
