import { toolCommand } from '../tool-command';

export const usePolygonTool = toolCommand({
  id: 'tool.polygon',
  label: 'Polygon tool',
  keys: ['P'],
  toolId: 'polygon',
});
