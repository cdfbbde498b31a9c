import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const toggleInspectorRail: Command = {
  id: 'inspector.toggle',
  label: 'Show or hide the inspector',
  category: 'View',
  scope: 'label',
  keys: ['Mod+Alt+B'],
  isAvailable: onLabelScreen,
  run: ({ services }) => services.frame.toggleRail('inspector'),
};
