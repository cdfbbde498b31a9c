import { goToRemark } from '../../workspace/review/go-to-remark';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const showPreviousRemark: Command = {
  id: 'review.previousRemark',
  label: 'Go to the previous defect or open thread',
  category: 'Go',
  scope: 'label',
  keys: ['Alt+U'],
  isAvailable: withReviewedImage,
  run({ services, workspace }) {
    if (workspace !== null) goToRemark(services, workspace, -1);
  },
};
