import { toolCommand } from '../tool-command';

export const useSkeletonTool = toolCommand({
  id: 'tool.skeleton',
  label: 'Skeleton tool',
  keys: ['J'],
  toolId: 'skeleton',
});
