import { toolCommand } from '../tool-command';

export const useBoxTool = toolCommand({
  id: 'tool.box',
  label: 'Box tool',
  keys: ['R', 'W'],
  toolId: 'box',
});
