import { judge } from '../../workspace/review/judge';
import type { Command } from '../command';
import { withImageToJudge } from '../conditions';

/** What is wrong must be said somewhere: marked as a defect, asked in a thread, or written now. */
export const giveBack: Command = {
  id: 'review.reject',
  label: 'Give back and go on',
  category: 'Image',
  scope: 'review',
  keys: ['G'],
  isAvailable: withImageToJudge,
  async run({ services, workspace }) {
    if (workspace === null) return;
    const review = workspace.review.review.get();
    const isSaid =
      review !== null &&
      (review.defects.length > 0 || review.threads.some(({ resolved }) => resolved === null));
    if (isSaid) await judge(services, workspace, 'rejected');
    else workspace.question.set('reject');
  },
};
