import type { Command } from '../command';
import { withProject } from '../conditions';

export const importLabelFiles: Command = {
  id: 'project.importLabelFiles',
  label: 'Import label files or a zip…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  async run({ services }) {
    const { projectId } = services.navigation.route.get();
    if (projectId !== null) await services.imports.importLabelFiles(projectId);
  },
};
