import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenGallery: Command = {
  id: 'screen.gallery',
  label: 'Go to the gallery of objects',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+G'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'gallery' }),
};
