import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

it('draws one edge by drag and then how far the opposite edge lies', async () => {
  const test = await openTestEditor();
  test.tool('rotated-box').drag([100, 100], [200, 100]);
  expect(test.state()).toBe('rotated-box/widening');
  test.click(150, 160);
  expect(test.shapes()).toEqual([
    { type: 'rotated-box', cx: 150, cy: 130, width: 100, height: 60, rotation: 0 },
  ]);
  expect(test.state()).toBe('rotated-box/idle');
});

it('draws by three clicks, turned as the edge runs', async () => {
  const test = await openTestEditor();
  // The edge runs 30 px right and 40 px down: 50 px long, turned by 53.13°.
  test.tool('rotated-box').click(100, 100).click(130, 140).click(60, 130);
  const [shape] = test.shapes();
  expect(shape).toMatchObject({ type: 'rotated-box', width: 50 });
  // (60, 130) lies 50 px from the line through the edge, on its left as seen: the centre is 25 px away from (115, 120).
  expect(shape).toMatchObject({ height: 50 });
  if (shape?.type !== 'rotated-box') throw new Error('not a rotated box');
  expect(shape.cx).toBeCloseTo(95);
  expect(shape.cy).toBeCloseTo(135);
  expect(shape.rotation).toBeCloseTo(53.1301, 3);
});

it('turns the edge in steps of 15° with Shift', async () => {
  const test = await openTestEditor();
  test.tool('rotated-box').drag([100, 100], [198, 190], { shift: true }).click(100, 200);
  const [shape] = test.shapes();
  if (shape?.type !== 'rotated-box') throw new Error('not a rotated box');
  expect(shape.rotation).toBeCloseTo(45);
});

it('says why an edge of no length cannot go on', async () => {
  const test = await openTestEditor();
  test.tool('rotated-box').click(100, 100).click(100, 100);
  expect(test.state()).toBe('rotated-box/awaiting-edge');
  expect(test.hint()).toBe('The edge needs at least 1 px. Set its end further away.');
  expect(test.objects()).toEqual([]);
});

it('is drawn wholly by keyboard', async () => {
  const test = await openTestEditor();
  test.tool('rotated-box').move(100, 100).key('Enter').key('Enter');
  test.key('ArrowRight', { control: true }).key('ArrowRight', { control: true }).key('Enter');
  expect(test.state()).toBe('rotated-box/widening');
  test.key('ArrowUp', { shift: true }).key('ArrowUp', { shift: true }).key('Enter');
  expect(test.shapes()).toEqual([
    { type: 'rotated-box', cx: 150, cy: 90, width: 100, height: 20, rotation: 0 },
  ]);
  expect(test.editor.session.announcement).toContain('Rotated box kept: ');
});

it('takes points back one by one, and the first by starting anew', async () => {
  const test = await openTestEditor();
  test.tool('rotated-box').click(100, 100).click(200, 100).key('Backspace');
  expect(test.state()).toBe('rotated-box/awaiting-edge');
  test.key('z', { control: true });
  expect(test.state()).toBe('rotated-box/idle');
  expect(test.objects()).toEqual([]);
});
