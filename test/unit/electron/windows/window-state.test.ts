import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { placeWindow, readWindowState } from '../../../../electron/windows/window-state';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const right = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('placing the window', () => {
  it('opens in the middle of the first display when nothing is remembered', () => {
    expect(placeWindow(null, [right])).toEqual({ x: 1440 + 560, y: 270, width: 1440, height: 900 });
  });

  it('opens where it was', () => {
    const remembered = { x: 1600, y: 100, width: 1200, height: 800 };
    expect(placeWindow(remembered, [laptop, right])).toEqual(remembered);
  });

  it('comes back to the first display, with its size, when its own is gone', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1200, height: 800 }, [laptop])).toEqual({
      x: 120,
      y: 63,
      width: 1200,
      height: 800,
    });
  });

  it('is pushed wholly onto the display that shows most of it', () => {
    expect(placeWindow({ x: -300, y: 700, width: 1100, height: 700 }, [laptop, right])).toEqual({
      x: 0,
      y: 200,
      width: 1100,
      height: 700,
    });
  });

  it('shrinks to its display, and never below what the workspace needs', () => {
    expect(placeWindow({ x: 0, y: 25, width: 5000, height: 4000 }, [laptop])).toEqual(laptop);
    expect(placeWindow({ x: 10, y: 30, width: 200, height: 100 }, [laptop])).toMatchObject({
      width: 1024,
      height: 640,
    });
    expect(placeWindow(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 640,
    });
  });
});

describe('what was remembered', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-window-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it.each([
    '',
    '{',
    'null',
    '{"bounds":{"x":0,"y":0,"width":-5,"height":1e9},"isMaximized":true,"isFullScreen":false}',
  ])('is forgotten when it reads %j', (text) => {
    const file = path.join(folder, 'window.json');
    fs.writeFileSync(file, text);
    expect(readWindowState(file)).toBeNull();
  });
});
