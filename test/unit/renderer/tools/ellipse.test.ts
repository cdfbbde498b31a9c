import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

const ellipse = (cx: number, cy: number, rx: number, ry: number) => ({
  type: 'ellipse',
  cx,
  cy,
  rx,
  ry,
  rotation: 0,
});

it('draws into the rectangle that is dragged', async () => {
  const test = await openTestEditor();
  test.tool('ellipse').drag([200, 180], [100, 120]);
  expect(test.shapes()).toEqual([ellipse(150, 150, 50, 30)]);
});

it('makes a circle with Shift and grows from the middle with Alt', async () => {
  const test = await openTestEditor();
  test.tool('ellipse').drag([100, 100], [160, 120], { shift: true });
  test.drag([300, 200], [330, 210], { alt: true });
  test.drag([300, 200], [330, 210], { alt: true, shift: true });
  expect(test.shapes()).toEqual([
    ellipse(130, 130, 30, 30),
    ellipse(300, 200, 30, 10),
    ellipse(300, 200, 30, 30),
  ]);
});

it('keeps a circle round at the border of the picture', async () => {
  const test = await openTestEditor();
  // 20 px are left to the right of 620.
  test.tool('ellipse').drag([620, 100], [700, 180], { shift: true });
  expect(test.shapes()).toEqual([ellipse(630, 110, 10, 10)]);
});

it('is drawn wholly by keyboard, to a tenth of a px', async () => {
  const test = await openTestEditor();
  test.tool('ellipse').move(100, 100).key('Enter').key('ArrowRight', { alt: true }).key('Enter');
  test.key('ArrowRight', { shift: true }).key('ArrowDown', { control: true }).key('Enter');
  expect(test.shapes()).toEqual([ellipse(105.1, 125, 5, 25)]);
});
