import { saveBundle as save } from '../../app/bundles';
import type { Command } from '../command';
import { withProject } from '../conditions';

export const saveBundle: Command = {
  id: 'project.saveBundle',
  label: 'Save the project as a bundle…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId === null) return;
    const project = await services.persistence.projects.get(projectId);
    if (project.ok) await save(services, project.value, false);
    else services.toasts.show({ tone: 'error', message: project.error.message });
  },
};
