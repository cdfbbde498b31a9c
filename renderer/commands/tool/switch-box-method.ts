import type { Command } from '../command';
import { withImage } from '../conditions';

export const switchBoxMethod: Command = {
  id: 'tool.switchBoxMethod',
  label: 'Draw boxes by two points or four extreme points',
  category: 'Tool',
  scope: 'label',
  keys: [],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isExtreme = editor.session.toolOptions.boxMethod === 'extreme-points';
    editor.setToolOptions({ boxMethod: isExtreme ? 'two-points' : 'extreme-points' });
    editor.announce(
      isExtreme
        ? 'Boxes by two opposite corners.'
        : 'Boxes by four extreme points: top, left, bottom and right of the object.',
    );
  },
};
