import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

const group = (...places: readonly (readonly [number, number])[]) => ({
  type: 'points',
  points: places.map(([x, y]) => ({ x, y })),
});

it('gathers clicks until Enter', async () => {
  const test = await openTestEditor();
  test
    .tool('points')
    .click(100, 100)
    .click(150, 120)
    .click(90, 30)
    .key('Backspace')
    .click(80, 40)
    .key('Enter');
  expect(test.shapes()).toEqual([group([100, 100], [150, 120], [80, 40])]);
});

it('makes an object of each click with Alt', async () => {
  const test = await openTestEditor();
  test.tool('points').click(100, 100, { alt: true }).click(150, 120, { alt: true });
  expect(test.shapes()).toEqual([group([100, 100]), group([150, 120])]);
  expect(test.state()).toBe('points/idle');
});

it('is drawn wholly by keyboard', async () => {
  const test = await openTestEditor();
  test.tool('points').move(100, 100).key('Enter').key('Enter').key('ArrowUp').key('Enter').key('c');
  expect(test.shapes()).toEqual([group([100, 100], [100, 99])]);
});
