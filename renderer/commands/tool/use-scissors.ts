import { toolCommand } from '../tool-command';

export const useScissorsTool = toolCommand({
  id: 'tool.scissors',
  label: 'Scissors tool',
  keys: ['I'],
  toolId: 'scissors',
});
