import type { Command } from '../command';
import { moveFocusToRegion } from '../move-focus-to-region';

export const focusPreviousRegion: Command = {
  id: 'region.previous',
  label: 'Move focus to the part before',
  category: 'View',
  scope: 'app',
  keys: ['Shift+F6'],
  isAvailable: () => true,
  run: () => moveFocusToRegion(-1),
};
