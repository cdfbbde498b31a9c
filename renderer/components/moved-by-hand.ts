import type { MouseEvent } from 'react';

/**
 * Whether a hand moved the mouse. The browser reports a move also when something new appears under a mouse that rests;
 * an entry of a list that opens there must not become the chosen one by that.
 */
export function isMovedByHand({ movementX, movementY }: MouseEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}
