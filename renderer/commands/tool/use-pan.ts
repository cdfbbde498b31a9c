import { toolCommand } from '../tool-command';

export const usePanTool = toolCommand({
  id: 'tool.pan',
  label: 'Pan tool',
  keys: ['Shift+V'],
  toolId: 'pan',
});
