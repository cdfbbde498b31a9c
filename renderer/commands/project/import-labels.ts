import type { Command } from '../command';
import { withProject } from '../conditions';

export const importLabels: Command = {
  id: 'project.importLabels',
  label: 'Import labels…',
  category: 'File',
  scope: 'app',
  keys: ['Mod+Shift+I'],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId !== null) await services.imports.importLabels(projectId);
  },
};
