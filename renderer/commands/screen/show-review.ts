import type { Command } from '../command';
import { withProject } from '../conditions';

export const showScreenReview: Command = {
  id: 'screen.review',
  label: 'Go to review',
  category: 'Go',
  scope: 'app',
  keys: ['Alt+J'],
  isAvailable: withProject,
  run: ({ services }) => services.navigation.go({ screen: 'review' }),
};
