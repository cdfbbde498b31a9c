import type { Command } from '../command';
import { withImage } from '../conditions';

export const useBoxTool: Command = {
  id: 'tool.box',
  label: 'Box tool',
  category: 'Tool',
  scope: 'label',
  keys: ['R', 'W'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.setTool('box'),
};
