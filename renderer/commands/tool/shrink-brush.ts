import { brushDiameterScaled } from '../../editor/brush-diameter';
import type { Command } from '../command';
import { withImage } from '../conditions';

export const shrinkBrush: Command = {
  id: 'tool.shrinkBrush',
  label: 'Smaller brush',
  category: 'Tool',
  scope: 'label',
  keys: [','],
  repeats: true,
  isAvailable: withImage,
  run({ services: { editor } }) {
    const brushDiameter = brushDiameterScaled(editor.session.toolOptions.brushDiameter, 0.8);
    editor.setToolOptions({ brushDiameter });
    editor.announce(`Brush ${brushDiameter} px`);
  },
};
