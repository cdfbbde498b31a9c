import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenLabel: Command = {
  id: 'screen.label',
  label: 'Go to labelling',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+2'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'label' }),
};
