import { isPermitted } from '../../../shared/people/permissions';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const reopenReview: Command = {
  id: 'review.reopen',
  label: 'Give the image back to labelling',
  category: 'Image',
  scope: 'review',
  keys: ['Shift+Backspace'],
  isAvailable(context) {
    const reviewed = withReviewedImage(context);
    if (reviewed !== true) return reviewed;
    const session = context.services.persistence.session();
    if (session === null || !isPermitted(session.role, 'review.reopen')) {
      return 'Reviewers, leads and admins reopen images.';
    }
    const stage = context.workspace?.review.review.get()?.stage;
    return stage !== 'annotation' || 'It is being labelled already.';
  },
  async run({ workspace }) {
    await workspace?.review.act(
      [{ kind: 'reopened', note: '' }],
      { code: 'review.reopen', label: 'Reopen' },
      'Reopened: it is with labelling again.',
    );
  },
};
