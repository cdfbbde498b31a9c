import type { Command } from '../command';
import { withProposal } from '../conditions';

export const refuseProposal: Command = {
  id: 'review.refuseProposal',
  label: 'Refuse the proposal',
  category: 'Image',
  scope: 'label',
  keys: ['Shift+Y'],
  isAvailable: withProposal,
  run: ({ workspace }) => workspace?.question.set('refuse'),
};
