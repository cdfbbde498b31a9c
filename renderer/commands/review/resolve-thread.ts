import { chosenThread, toggleResolved } from '../../workspace/review/threads';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const resolveThread: Command = {
  id: 'review.resolveThread',
  label: 'Resolve the chosen thread, or reopen it',
  category: 'Image',
  scope: 'label',
  keys: ['Shift+X'],
  isAvailable(context) {
    const reviewed = withReviewedImage(context);
    if (reviewed !== true || context.workspace === null) return reviewed;
    const thread = chosenThread(context.services, context.workspace);
    return thread !== null || 'Choose a thread first: its pin, or its line in the review panel.';
  },
  async run({ services, workspace }) {
    if (workspace === null) return;
    const thread = chosenThread(services, workspace);
    if (thread !== null) await toggleResolved(workspace, thread);
  },
};
