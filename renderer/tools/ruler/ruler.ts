import type { Tool } from '../tool';
import { idle } from './idle';

/** Measures between two places; what it shows is never part of the document. */
export const ruler: Tool = { id: 'ruler', title: 'Ruler', initial: idle };
