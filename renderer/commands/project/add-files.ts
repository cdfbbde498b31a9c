import type { Command } from '../command';
import { withProject } from '../conditions';

export const addFiles: Command = {
  id: 'project.addFiles',
  label: 'Add image files…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId !== null) await services.imports.addFiles(projectId);
  },
};
