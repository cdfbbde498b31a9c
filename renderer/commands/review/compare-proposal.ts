import { openProposal, toggleComparison } from '../../workspace/review/decide-proposal';
import type { Command } from '../command';
import { withProposal } from '../conditions';

export const compareProposal: Command = {
  id: 'review.compareProposal',
  label: 'Show or hide what the proposal would change',
  category: 'View',
  scope: 'label',
  keys: ['Alt+Y'],
  isAvailable: withProposal,
  async run({ services, workspace }) {
    const proposal = workspace === null ? undefined : openProposal(workspace);
    if (proposal !== undefined) await toggleComparison(services, proposal);
  },
};
