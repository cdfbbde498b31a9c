import type { Tool } from '../tool';
import { idle } from './idle';

/** Intelligent scissors: a wire that clings to the edges of the picture becomes a polygon. */
export const scissors: Tool = { id: 'scissors', title: 'Scissors', initial: idle };
