import { convertCommand } from '../convert-selection';

export const convertToRotatedBox = convertCommand(
  'annotation.convertToRotatedBox',
  'Convert objects to rotated boxes',
  'rotated-box',
);
