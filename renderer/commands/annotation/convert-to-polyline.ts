import { convertCommand } from '../convert-selection';

export const convertToPolyline = convertCommand(
  'annotation.convertToPolyline',
  'Convert objects to polylines',
  'polyline',
);
