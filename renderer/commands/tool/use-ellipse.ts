import { toolCommand } from '../tool-command';

export const useEllipseTool = toolCommand({
  id: 'tool.ellipse',
  label: 'Ellipse tool',
  keys: ['O'],
  toolId: 'ellipse',
});
