import { toolCommand } from '../tool-command';

export const useRotatedBoxTool = toolCommand({
  id: 'tool.rotatedBox',
  label: 'Rotated box tool',
  keys: ['Shift+R'],
  toolId: 'rotated-box',
});
