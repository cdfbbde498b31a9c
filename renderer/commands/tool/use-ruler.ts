import { toolCommand } from '../tool-command';

export const useRulerTool = toolCommand({
  id: 'tool.ruler',
  label: 'Ruler tool',
  keys: ['Shift+M'],
  toolId: 'ruler',
});
