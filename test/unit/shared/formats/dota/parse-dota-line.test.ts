import { describe, expect, it } from 'vitest';
import { headerFrom, parseDotaLine } from '../../../../../shared/formats/dota/parse-dota-line';

describe('a line of DOTA', () => {
  it.each([
    ['1 2 3 4 5 6 7', 'dota-bad-line'],
    ['1 2 3 4 5 6 7 8', 'dota-bad-line'],
    ['1 2 3 4 5 6 7 NaN ship 0', 'dota-bad-number'],
    ['1 2 3 4 5 6 7 1e999 ship 0', 'dota-bad-number'],
    ['1 2 3 4 5 6 7 0x10 ship 0', 'dota-bad-number'],
    ['1 2 3 4 5 6 7 9e9 ship 0', 'dota-bad-number'],
    ['1,2,3,4,5,6,7,8,ship,0', 'dota-bad-line'],
  ])('%s is none', (line, code) => {
    expect(parseDotaLine(line)).toMatchObject({ code });
  });

  it('is a turned box when its corners are a rectangle as far as they were rounded', () => {
    // 3-4-5: 50 along (40, 30), 25 along (-15, 20).
    expect(parseDotaLine('100 50 140 80 125 100 85 70 ship 0')).toMatchObject({
      shape: { type: 'rotated-box', cx: 112.5, cy: 75, width: 50, height: 25 },
    });
    // Half a pixel off is rounding in whole numbers and a bent shape where there are decimals.
    expect(parseDotaLine('10 10 30 11 30 21 10 20 ship 0')).toMatchObject({ shape: { type: 'rotated-box' } });
    expect(parseDotaLine('10.00 10.00 30.00 11.00 30.00 21.00 10.00 20.00 ship 0')).toMatchObject({
      shape: { type: 'polygon' },
    });
  });

  it.each([
    ['0 0 2 0 2 2 0 2 small vehicle 0', 'small vehicle', false],
    ['0 0 2 0 2 2 0 2 plane', 'plane', false],
    ['0 0 2 0 2 2 0 2 plane 2', 'plane', true],
    ['0 0 2 0 2 2 0 2 __proto__ 1', '__proto__', true],
    ['0 0 2 0 2 2 0 2 7', '7', false],
  ])('%s names its class', (line, className, isDifficult) => {
    expect(parseDotaLine(line)).toMatchObject({ className, isDifficult });
  });

  it('may be a header', () => {
    expect(headerFrom('imagesource:Google Earth')).toEqual({ name: 'imagesource', value: 'Google Earth' });
    expect(headerFrom('gsd: 0.25')).toEqual({ name: 'gsd', value: 0.25 });
    expect(headerFrom('gsd:null')).toEqual({ name: 'gsd', value: null });
    expect(headerFrom('0 0 2 0 2 2 0 2 gsd:1 0')).toBeNull();
  });
});
