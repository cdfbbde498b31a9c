import { convertCommand } from '../convert-selection';

export const convertToBox = convertCommand(
  'annotation.convertToBox',
  'Convert objects to bounding boxes',
  'box',
);
