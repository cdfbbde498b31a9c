import type { Command } from '../command';
import { moveFocusToRegion } from '../move-focus-to-region';

export const focusNextRegion: Command = {
  id: 'region.next',
  label: 'Move focus to the next part of the window',
  category: 'View',
  scope: 'app',
  keys: ['F6'],
  isAvailable: () => true,
  run: () => moveFocusToRegion(1),
};
