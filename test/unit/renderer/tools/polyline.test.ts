import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

const line = (...places: readonly (readonly [number, number])[]) => ({
  type: 'polyline',
  points: places.map(([x, y]) => ({ x, y })),
});

it('ends with a double click, which sets no point twice', async () => {
  const test = await openTestEditor();
  test.tool('polyline').click(100, 100).click(150, 120).click(200, 100).click(200, 101);
  test.send({ type: 'doubleClick', screen: { x: 250, y: 151 }, shift: false, alt: false, control: false });
  expect(test.shapes()).toEqual([line([100, 100], [150, 120], [200, 100])]);
  expect(test.state()).toBe('polyline/idle');
});

it('refuses to end with one point, and drops a double click of one place', async () => {
  const test = await openTestEditor();
  test.tool('polyline').click(100, 100).key('Enter');
  expect(test.hint()).toBe('A polyline needs at least 2 points.');
  expect(test.state()).toBe('polyline/drawing');
  test.send({ type: 'doubleClick', screen: { x: 150, y: 150 }, shift: false, alt: false, control: false });
  expect(test.state()).toBe('polyline/idle');
  expect(test.objects()).toEqual([]);
});

it('goes in steps of 15° with Shift', async () => {
  const test = await openTestEditor();
  test.tool('polyline').click(100, 100).click(200, 104, { shift: true }).click(203, 180, { shift: true });
  test.key('Enter');
  expect(test.shapes()).toEqual([line([100, 100], [200, 100], [200, 180])]);
});

it('is drawn wholly by keyboard, ended by a second Enter at the same place', async () => {
  const test = await openTestEditor();
  test.tool('polyline').move(100, 100).key('Enter').key('Enter');
  test.key('ArrowRight', { control: true }).key('Enter').key('ArrowDown', { shift: true }).key('Enter');
  expect(test.editor.session.announcement).toContain('Point 3 at 150, 110.');
  test.key('Enter');
  expect(test.shapes()).toEqual([line([100, 100], [150, 100], [150, 110])]);
  expect(test.editor.session.keyboardCursor).toBeNull();
});

it('stays when the window loses the keyboard', async () => {
  const test = await openTestEditor();
  test.tool('polyline').click(100, 100).click(150, 120).send({ type: 'blur' });
  expect(test.state()).toBe('polyline/drawing');
  test.key('Enter');
  expect(test.shapes()).toEqual([line([100, 100], [150, 120])]);
});
