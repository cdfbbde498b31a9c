import { acceptProposal as accept, openProposal } from '../../workspace/review/decide-proposal';
import type { Command } from '../command';
import { withProposal } from '../conditions';

export const acceptProposal: Command = {
  id: 'review.acceptProposal',
  label: 'Take over the proposal',
  category: 'Image',
  scope: 'label',
  keys: ['Y'],
  isAvailable: withProposal,
  async run({ services, workspace }) {
    const proposal = workspace === null ? undefined : openProposal(workspace);
    if (workspace !== null && proposal !== undefined) await accept(services, workspace, proposal);
  },
};
