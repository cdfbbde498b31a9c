import { toolCommand } from '../tool-command';

export const useSelectTool = toolCommand({
  id: 'tool.select',
  label: 'Select tool',
  keys: ['V'],
  toolId: 'select',
});
