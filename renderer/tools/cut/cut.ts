import type { Tool } from '../tool';
import { idle } from './idle';

/** Draws a line, by clicks, by drag or by keyboard, that parts what it goes through. */
export const cut: Tool = { id: 'cut', title: 'Cut', initial: idle };
