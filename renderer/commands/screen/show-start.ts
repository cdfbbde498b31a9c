import type { Command } from '../command';

export const showScreenStart: Command = {
  id: 'screen.start',
  label: 'Go to projects',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+1'],
  isAvailable: () => true,
  run: ({ services }) => services.navigation.go({ screen: 'start' }),
};
