import { isPermitted } from '../../../shared/people/permissions';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const markDefect: Command = {
  id: 'review.markDefect',
  label: 'Mark a defect at the selected object or the pointer',
  category: 'Image',
  scope: 'review',
  keys: ['U'],
  isAvailable(context) {
    const reviewed = withReviewedImage(context);
    if (reviewed !== true) return reviewed;
    const session = context.services.persistence.session();
    const mayMark = session !== null && isPermitted(session.role, 'review.markDefect');
    return mayMark || 'Reviewers, leads and admins mark defects.';
  },
  run: ({ workspace }) => workspace?.question.set('defect'),
};
