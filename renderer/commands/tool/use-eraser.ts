import { toolCommand } from '../tool-command';

export const useEraserTool = toolCommand({
  id: 'tool.eraser',
  label: 'Eraser tool',
  keys: ['X'],
  toolId: 'brush',
  options: { brushMode: 'erase' },
});
