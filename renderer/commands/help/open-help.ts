import type { Command } from '../command';

export const openHelp: Command = {
  id: 'help.open',
  label: 'Keyboard shortcuts',
  category: 'Help',
  scope: 'app',
  keys: ['?', 'F1'],
  isAvailable: () => true,
  run: ({ services }) => services.frame.setOverlay('help'),
};
