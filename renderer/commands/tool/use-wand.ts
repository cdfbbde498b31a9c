import { toolCommand } from '../tool-command';

export const useWandTool = toolCommand({
  id: 'tool.wand',
  label: 'Magic wand tool',
  keys: ['Shift+W'],
  toolId: 'wand',
});
