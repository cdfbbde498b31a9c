import type { Tool } from '../tool';
import { idle } from './idle';

/** The hand: drags the picture and never touches an object. */
export const pan: Tool = { id: 'pan', title: 'Pan', initial: idle };
