import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenSchema: Command = {
  id: 'screen.schema',
  label: 'Go to the label schema',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+3'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'schema' }),
};
