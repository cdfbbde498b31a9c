import { mergePackage as run } from '../../app/work-packages';
import type { Command } from '../command';
import { withProject } from '../conditions';

export const mergePackage: Command = {
  id: 'project.mergePackage',
  label: 'Merge work that came back…',
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
