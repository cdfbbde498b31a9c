import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenQuality: Command = {
  id: 'screen.quality',
  label: 'Go to quality',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+Q'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'quality' }),
};
