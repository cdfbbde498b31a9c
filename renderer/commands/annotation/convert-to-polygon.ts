import { convertCommand } from '../convert-selection';

export const convertToPolygon = convertCommand(
  'annotation.convertToPolygon',
  'Convert objects to polygons',
  'polygon',
);
