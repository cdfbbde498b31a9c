import { openBundle as open } from '../../app/bundles';
import type { Command } from '../command';

export const openBundle: Command = {
  id: 'project.openBundle',
  label: 'Open a bundle or work package…',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: () => true,
  run: ({ services }) => open(services),
};
