import { returnPackage as run } from '../../app/work-packages';
import type { Command } from '../command';
import { withProject } from '../conditions';

export const returnPackage: Command = {
  id: 'project.returnPackage',
  label: 'Give the work back…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId === null) return;
    const project = await services.persistence.projects.get(projectId);
    if (project.ok) await run(services, project.value);
    else services.toasts.show({ tone: 'error', message: project.error.message });
  },
};
