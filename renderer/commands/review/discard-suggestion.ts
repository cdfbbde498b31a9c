import { discardSuggestion as discard } from '../../workspace/review/suggestion';
import type { Command } from '../command';
import { withSuggestion } from '../conditions';

export const discardSuggestion: Command = {
  id: 'review.discardSuggestion',
  label: 'Discard the suggestion',
  category: 'Image',
  scope: 'review',
  keys: ['Mod+Backspace'],
  isAvailable: withSuggestion,
  async run({ services, workspace }) {
    if (workspace !== null) await discard(services, workspace);
  },
};
