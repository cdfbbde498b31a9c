import type { Command } from '../command';

export const openPalette: Command = {
  id: 'palette.open',
  label: 'Command palette',
  category: 'Help',
  scope: 'app',
  keys: ['Mod+K', 'Mod+Shift+P'],
  isAvailable: () => true,
  run: ({ services }) => services.frame.setOverlay('palette'),
};
