import { isPermitted } from '../../../shared/people/permissions';
import { beginSuggestion } from '../../workspace/review/suggestion';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const suggestFix: Command = {
  id: 'review.suggest',
  label: 'Draw a fix as a suggestion',
  category: 'Image',
  scope: 'review',
  keys: ['Shift+F'],
  isAvailable(context) {
    const reviewed = withReviewedImage(context);
    if (reviewed !== true) return reviewed;
    const session = context.services.persistence.session();
    if (session === null || !isPermitted(session.role, 'review.propose')) {
      return 'Reviewers, leads and admins suggest fixes.';
    }
    return context.workspace?.shownSet.get() === 'own' || 'Go back to the labels of the image first.';
  },
  async run({ services, workspace }) {
    if (workspace !== null) await beginSuggestion(services, workspace);
  },
};
