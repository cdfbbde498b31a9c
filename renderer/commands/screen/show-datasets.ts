import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenDatasets: Command = {
  id: 'screen.datasets',
  label: 'Go to datasets',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+4'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'datasets' }),
};
