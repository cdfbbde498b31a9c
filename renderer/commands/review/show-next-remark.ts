import { goToRemark } from '../../workspace/review/go-to-remark';
import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const showNextRemark: Command = {
  id: 'review.nextRemark',
  label: 'Go to the next defect or open thread',
  category: 'Go',
  scope: 'label',
  keys: ['Shift+U'],
  isAvailable: withReviewedImage,
  run({ services, workspace }) {
    if (workspace !== null) goToRemark(services, workspace, 1);
  },
};
