import type { Command } from '../command';

export const showScreenSettings: Command = {
  id: 'screen.settings',
  label: 'Settings',
  category: 'File',
  scope: 'app',
  keys: ['Mod+,'],
  isAvailable: () => true,
  run: ({ services }) => services.navigation.go({ screen: 'settings' }),
};
