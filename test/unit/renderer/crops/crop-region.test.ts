import { expect, it } from 'vitest';
import { pixelsOf, regionAround } from '../../../../renderer/crops/crop-region';

it('is a square about the object with 15 % around it', () => {
  // 100 wide: 130 a side; its middle is 60, 35.
  expect(regionAround({ x: 10, y: 10, width: 100, height: 50 })).toEqual({ x: -5, y: -30, side: 130 });
});

it('shows what is around a single point', () => {
  expect(regionAround({ x: 50, y: 60, width: 0, height: 0 })).toEqual({ x: 38, y: 48, side: 24 });
});

it('takes only px that the picture has', () => {
  const picture = { width: 100, height: 80 };
  expect(pixelsOf({ x: -5.5, y: 70.2, side: 20 }, picture)).toEqual({ x: 0, y: 70, width: 15, height: 10 });
  expect(pixelsOf({ x: 200, y: 0, side: 20 }, picture)).toBeNull();
});
