import { toolCommand } from '../tool-command';

export const useCutTool = toolCommand({
  id: 'tool.cut',
  label: 'Cut tool',
  keys: ['C'],
  toolId: 'cut',
});
