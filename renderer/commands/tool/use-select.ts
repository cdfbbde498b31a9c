import type { Command } from '../command';
import { withImage } from '../conditions';

export const useSelectTool: Command = {
  id: 'tool.select',
  label: 'Select tool',
  category: 'Tool',
  scope: 'label',
  keys: ['V'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.setTool('select'),
};
