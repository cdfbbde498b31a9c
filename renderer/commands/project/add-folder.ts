import type { Command } from '../command';
import { withProject } from '../conditions';

export const addFolder: Command = {
  id: 'project.addFolder',
  label: 'Add a folder of images…',
  category: 'File',
  scope: 'app',
  keys: ['Mod+O'],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId !== null) await services.imports.addFolder(projectId);
  },
};
