import type { Tool } from '../tool';
import { idle } from './idle';

/** Makes masks of pixels that are alike to the one clicked. */
export const wand: Tool = { id: 'wand', title: 'Magic wand', initial: idle };
