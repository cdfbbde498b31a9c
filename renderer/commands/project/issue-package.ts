import type { Command } from '../command';
import { withProject } from '../conditions';

export const issuePackage: Command = {
  id: 'project.issuePackage',
  label: 'Hand out images as a work package…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'packages' }),
};
