import type { Command } from '../command';
import { withReviewedImage } from '../conditions';

export const beginThread: Command = {
  id: 'review.comment',
  label: 'Begin a thread at the selected object or the pointer',
  category: 'Image',
  scope: 'label',
  keys: ['Shift+D'],
  isAvailable: withReviewedImage,
  run: ({ workspace }) => workspace?.question.set('comment'),
};
