import { toolCommand } from '../tool-command';

export const usePolylineTool = toolCommand({
  id: 'tool.polyline',
  label: 'Polyline tool',
  keys: ['Shift+P'],
  toolId: 'polyline',
});
