import type { Command } from '../command';
import { withEditableImage } from '../conditions';

export const tagImage: Command = {
  id: 'annotation.tag',
  label: 'Tag the image',
  category: 'Object',
  scope: 'label',
  keys: ['Shift+T'],
  isAvailable: withEditableImage,
  run: ({ workspace }) => workspace?.question.set('tag'),
};
