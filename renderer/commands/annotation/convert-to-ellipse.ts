import { convertCommand } from '../convert-selection';

export const convertToEllipse = convertCommand(
  'annotation.convertToEllipse',
  'Convert objects to ellipses',
  'ellipse',
);
