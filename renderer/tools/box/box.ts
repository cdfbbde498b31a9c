import type { Tool } from '../tool';
import { idle } from './idle';

/** Draws bounding boxes by drag, by two clicks, or wholly by keyboard. */
export const box: Tool = { id: 'box', title: 'Box', initial: idle };
