import { convertCommand } from '../convert-selection';

export const convertToMask = convertCommand('annotation.convertToMask', 'Convert objects to masks', 'mask');
