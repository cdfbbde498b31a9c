import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenPackages: Command = {
  id: 'screen.packages',
  label: 'Go to work apart',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+W'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'packages' }),
};
