import { DEFAULT_DISPLAY_SETTINGS } from '../../editor/display-settings';
import type { Command } from '../command';
import { withImage } from '../conditions';

export const resetDisplay: Command = {
  id: 'view.resetDisplay',
  label: 'Show picture and objects as at first',
  category: 'View',
  scope: 'label',
  keys: [],
  isAvailable: withImage,
  run({ services: { editor } }) {
    editor.setDisplay(DEFAULT_DISPLAY_SETTINGS);
    editor.announce('Display settings are reset.');
  },
};
