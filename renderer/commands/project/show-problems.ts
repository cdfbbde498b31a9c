import type { Command } from '../command';
import { withProject } from '../conditions';

export const showFileProblems: Command = {
  id: 'project.showProblems',
  label: 'Show files with problems',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  run({ services }) {
    services.imports.showProblems(services.navigation.route.get().projectId);
  },
};
