import type { Command } from '../command';
import { withSuggestion } from '../conditions';

export const proposeSuggestion: Command = {
  id: 'review.propose',
  label: 'Propose the suggestion to whoever labels',
  category: 'Image',
  scope: 'review',
  keys: ['Mod+Enter'],
  isAvailable: withSuggestion,
  run: ({ workspace }) => workspace?.question.set('propose'),
};
