import { describe, expect, it } from 'vitest';
import { type Contact, createTouchGestures } from '../../../../renderer/canvas/touch-gestures';
import { screenPoint } from '../../../../shared/geometry/point';

const touch = (pointerId: number, x: number, y: number, extra: Partial<Contact> = {}): Contact => ({
  pointerId,
  kind: 'touch',
  at: screenPoint(x, y),
  width: 30,
  height: 30,
  time: 10_000,
  ...extra,
});
const pen = (time: number): Contact => touch(99, 5, 5, { kind: 'pen', width: 1, height: 1, time });

describe('touch', () => {
  it('one finger is the pointer', () => {
    const gestures = createTouchGestures();
    expect(gestures.down(touch(1, 10, 10))).toBe('pointer');
    expect(gestures.move(touch(1, 20, 10))).toBe('pointer');
    expect(gestures.up(touch(1, 20, 10))).toBe('pointer');
  });

  it('a second finger ends what the first began, and two pan and zoom', () => {
    const gestures = createTouchGestures();
    gestures.down(touch(1, 100, 100));
    expect(gestures.down(touch(2, 200, 100))).toBe('cancel');
    // From 100 px apart to 200: twice as large about the middle, which went 50 px right.
    expect(gestures.move(touch(2, 300, 100))).toEqual({
      centre: { x: 200, y: 100 },
      factor: 2,
      dx: 50,
      dy: 0,
    });
  });

  it('the finger that stays after a pinch does not draw', () => {
    const gestures = createTouchGestures();
    gestures.down(touch(1, 100, 100));
    gestures.down(touch(2, 200, 100));
    expect(gestures.up(touch(1, 100, 100))).toBe('ignore');
    expect(gestures.move(touch(2, 210, 110))).toBe('ignore');
    expect(gestures.down(touch(3, 50, 50))).toBe('ignore');
    expect(gestures.up(touch(2, 210, 110))).toBe('ignore');
    expect(gestures.down(touch(4, 50, 50))).toBe('pointer');
  });

  it('a third finger changes nothing', () => {
    const gestures = createTouchGestures();
    gestures.down(touch(1, 0, 0));
    gestures.down(touch(2, 100, 0));
    expect(gestures.down(touch(3, 50, 50))).toBe('ignore');
    expect(gestures.move(touch(3, 80, 80))).toBe('ignore');
    expect(gestures.move(touch(2, 200, 0))).toMatchObject({ factor: 2 });
  });

  it('a palm is not heard', () => {
    const gestures = createTouchGestures();
    expect(gestures.down(touch(1, 10, 10, { width: 90 }))).toBe('ignore');
    expect(gestures.move(touch(1, 20, 10, { width: 20 }))).toBe('ignore');
    expect(gestures.up(touch(1, 20, 10))).toBe('ignore');
  });

  it('while a pen is near, no touch is heard', () => {
    const gestures = createTouchGestures();
    expect(gestures.move(pen(10_000))).toBe('pointer');
    expect(gestures.down(touch(1, 10, 10, { time: 10_500 }))).toBe('ignore');
    expect(gestures.down(touch(2, 10, 10, { time: 11_500 }))).toBe('pointer');
  });

  it('two fingers on one spot do not zoom without end', () => {
    const gestures = createTouchGestures();
    gestures.down(touch(1, 100, 100));
    gestures.down(touch(2, 100, 100));
    expect(gestures.move(touch(2, 100, 100))).toMatchObject({ factor: 1 });
  });
});
