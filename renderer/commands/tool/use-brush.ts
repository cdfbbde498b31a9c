import { toolCommand } from '../tool-command';

export const useBrushTool = toolCommand({
  id: 'tool.brush',
  label: 'Brush tool',
  keys: ['B'],
  toolId: 'brush',
  options: { brushMode: 'paint' },
});
