import { brushDiameterScaled } from '../../editor/brush-diameter';
import type { Command } from '../command';
import { withImage } from '../conditions';

export const enlargeBrush: Command = {
  id: 'tool.enlargeBrush',
  label: 'Larger brush',
  category: 'Tool',
  scope: 'label',
  keys: ['.'],
  repeats: true,
  isAvailable: withImage,
  run({ services: { editor } }) {
    const brushDiameter = brushDiameterScaled(editor.session.toolOptions.brushDiameter, 1.25);
    editor.setToolOptions({ brushDiameter });
    editor.announce(`Brush ${brushDiameter} px`);
  },
};
