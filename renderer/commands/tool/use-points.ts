import { toolCommand } from '../tool-command';

export const usePointsTool = toolCommand({
  id: 'tool.points',
  label: 'Points tool',
  keys: ['K'],
  toolId: 'points',
});
