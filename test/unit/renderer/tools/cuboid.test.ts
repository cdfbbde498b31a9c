import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

const face = (left: number, top: number, right: number, bottom: number) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

it('draws the near face by drag and the depth by a click', async () => {
  const test = await openTestEditor();
  test.tool('cuboid').drag([100, 100], [200, 160]);
  expect(test.state()).toBe('cuboid/deepening');
  expect(test.objects()).toEqual([]);
  test.click(230, 140);
  expect(test.shapes()).toEqual([
    { type: 'cuboid', front: face(100, 100, 200, 160), back: face(130, 80, 230, 140) },
  ]);
});

it('keeps the far face inside the picture', async () => {
  const test = await openTestEditor();
  test.tool('cuboid').drag([500, 300], [600, 400]).click(640, 360);
  test.drag([10, 10], [60, 60]).click(0, 0);
  expect(test.shapes()).toEqual([
    { type: 'cuboid', front: face(500, 300, 600, 400), back: face(540, 260, 640, 360) },
    { type: 'cuboid', front: face(10, 10, 60, 60), back: face(0, 0, 50, 50) },
  ]);
});

it('waits on with the reason without a depth, and refuses a flat face', async () => {
  const test = await openTestEditor();
  test.tool('cuboid').drag([100, 100], [200, 160]).click(200, 160);
  expect(test.state()).toBe('cuboid/deepening');
  expect(test.hint()).toBe('These points make no cuboid. Set the last one elsewhere.');
  test.key('Escape').drag([100, 100], [200, 100]);
  expect(test.state()).toBe('cuboid/idle');
  expect(test.hint()).toContain('near face needs at least 1 px');
  expect(test.objects()).toEqual([]);
});

it('is drawn wholly by keyboard', async () => {
  const test = await openTestEditor();
  test.tool('cuboid').move(100, 100).key('Enter').key('Enter');
  test.key('ArrowRight', { control: true }).key('ArrowDown', { control: true }).key('Enter');
  test.key('ArrowRight', { shift: true }).key('ArrowUp', { shift: true }).key('Enter');
  expect(test.shapes()).toEqual([
    { type: 'cuboid', front: face(100, 100, 150, 150), back: face(110, 90, 160, 140) },
  ]);
});
