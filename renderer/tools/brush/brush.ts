import type { Tool } from '../tool';
import { idle } from './idle';

/**
 * Paints masks pixel by pixel, or erases from them. Shift draws a straight line on from the last stroke, Alt fills an
 * outline, the right button does the other of painting and erasing. Wholly usable by keyboard.
 */
export const brush: Tool = { id: 'brush', title: 'Brush', initial: () => idle(null) };
