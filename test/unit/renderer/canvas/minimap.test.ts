import { describe, expect, it } from 'vitest';
import { cameraTowards, minimapPlace } from '../../../../renderer/canvas/minimap';

const GLASS = { width: 1200, height: 800 };

describe('the minimap', () => {
  it('lies in the lower right corner in the shape of the picture', () => {
    // 4000 × 2000 into 200 × 150: 200 × 100.
    expect(minimapPlace({ width: 4000, height: 2000 }, GLASS, 0).frame).toEqual({
      x: 988,
      y: 688,
      width: 200,
      height: 100,
    });
  });

  it('turns with the view', () => {
    // 2000 wide and 4000 high as seen: 75 × 150.
    expect(minimapPlace({ width: 4000, height: 2000 }, GLASS, 1).frame).toEqual({
      x: 1113,
      y: 638,
      width: 75,
      height: 150,
    });
  });

  it('takes no more than a third of a small canvas', () => {
    const { frame } = minimapPlace({ width: 1000, height: 1000 }, { width: 90, height: 90 }, 0);
    expect(frame.width).toBe(30);
  });

  it('brings what is pressed into the middle, at the zoom there was', () => {
    const place = minimapPlace({ width: 4000, height: 2000 }, GLASS, 0);
    const camera = { scale: 2, offsetX: 0, offsetY: 0 };
    // A quarter from the left and half from the top: image px 1000, 1000.
    const moved = cameraTowards(place, { x: 988 + 50, y: 688 + 50 }, camera, GLASS);
    expect(moved).toEqual({ scale: 2, offsetX: 600 - 2000, offsetY: 400 - 2000 });
  });

  it('does so in a turned view as well', () => {
    const place = minimapPlace({ width: 4000, height: 2000 }, GLASS, 1);
    // The upper right corner of the turned picture is its own upper left.
    const moved = cameraTowards(
      place,
      { x: 1113 + 75, y: 638 },
      { scale: 1, offsetX: 9, offsetY: 9 },
      { width: 800, height: 1200 },
    );
    expect(moved).toEqual({ scale: 1, offsetX: 400, offsetY: 600 });
  });
});
