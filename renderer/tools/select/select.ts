import type { Tool } from '../tool';
import { idle } from './idle';

/** Picks objects, moves them and drags their handles. */
export const select: Tool = { id: 'select', title: 'Select', initial: idle };
