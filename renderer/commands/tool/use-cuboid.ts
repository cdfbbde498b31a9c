import { toolCommand } from '../tool-command';

export const useCuboidTool = toolCommand({
  id: 'tool.cuboid',
  label: 'Cuboid tool',
  keys: ['Shift+C'],
  toolId: 'cuboid',
});
