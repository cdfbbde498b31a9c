import { describe, expect, it } from 'vitest';
import {
  turnedCursor,
  turnedPoint,
  turnedRect,
  turnedSize,
  unturnedKey,
  unturnedPoint,
  unturnedVector,
  type ViewTurn,
} from '../../../../renderer/canvas/view-turn';

// A glass of 600 × 400 px; turned by an odd number of quarters the view before the turn is 400 × 600.
const turns: readonly ViewTurn[] = [
  { quarterTurns: 0, width: 600, height: 400 },
  { quarterTurns: 1, width: 400, height: 600 },
  { quarterTurns: 2, width: 600, height: 400 },
  { quarterTurns: 3, width: 400, height: 600 },
];

describe('a turned view', () => {
  it('shows the top-left corner of what is not turned at the corner that the turn brings it to', () => {
    expect(turns.map((turn) => turnedPoint(turn, { x: 0, y: 0 }))).toEqual([
      { x: 0, y: 0 },
      { x: 600, y: 0 },
      { x: 600, y: 400 },
      { x: 0, y: 400 },
    ]);
  });

  it('shows a point near the top-left corner beside that corner, clockwise', () => {
    expect(turns.map((turn) => turnedPoint(turn, { x: 10, y: 30 }))).toEqual([
      { x: 10, y: 30 },
      { x: 570, y: 10 },
      { x: 590, y: 370 },
      { x: 30, y: 390 },
    ]);
  });

  it('hears a point where it is seen', () => {
    for (const turn of turns) {
      expect(unturnedPoint(turn, turnedPoint(turn, { x: 12, y: 34 }))).toEqual({ x: 12, y: 34 });
    }
  });

  it('keeps rectangles upright and never negative', () => {
    expect(turns.map((turn) => turnedRect(turn, { x: 10, y: 20, width: 30, height: 40 }))).toEqual([
      { x: 10, y: 20, width: 30, height: 40 },
      { x: 540, y: 10, width: 40, height: 30 },
      { x: 560, y: 340, width: 30, height: 40 },
      { x: 20, y: 360, width: 40, height: 30 },
    ]);
  });

  it('swaps width and height at odd quarters', () => {
    expect(turnedSize(3, { width: 600, height: 400 })).toEqual({ width: 400, height: 600 });
    expect(turnedSize(2, { width: 600, height: 400 })).toEqual({ width: 600, height: 400 });
  });

  it('moves things along the glass as the hand does: right on the glass is up in a picture turned clockwise', () => {
    expect(unturnedVector(1, 5, 0)).toEqual({ dx: 0, dy: -5 });
    expect(unturnedVector(2, 5, 0)).toEqual({ dx: -5, dy: 0 });
    expect(unturnedVector(3, 5, 0)).toEqual({ dx: 0, dy: 5 });
    expect(unturnedKey(1, 'ArrowRight')).toBe('ArrowUp');
    expect(unturnedKey(2, 'ArrowRight')).toBe('ArrowLeft');
    expect(unturnedKey(3, 'ArrowRight')).toBe('ArrowDown');
    expect(unturnedKey(3, 'ArrowUp')).toBe('ArrowRight');
    expect(unturnedKey(1, 'Enter')).toBe('Enter');
  });

  it('turns cursors with the grips that they stand over', () => {
    expect(turnedCursor(1, 'n-resize')).toBe('e-resize');
    expect(turnedCursor(1, 'nwse-resize')).toBe('nesw-resize');
    expect(turnedCursor(2, 'nw-resize')).toBe('se-resize');
    expect(turnedCursor(2, 'ew-resize')).toBe('ew-resize');
    expect(turnedCursor(3, 'ew-resize')).toBe('ns-resize');
    expect(turnedCursor(1, 'grab')).toBe('grab');
  });
});
