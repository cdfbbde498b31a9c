import { expect, it } from 'vitest';
import { boxAt } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

const openExtreme = async () => {
  const test = await openTestEditor();
  test.editor.setToolOptions({ boxMethod: 'extreme-points' });
  return test.tool('box');
};

it('draws around four clicks on the object, in any order', async () => {
  const test = await openExtreme();
  test.click(150, 100).click(110, 160).click(140, 220);
  expect(test.objects()).toEqual([]);
  // So far it reaches from 110 to 150 and from 100 to 220.
  expect(test.editor.session.preview?.lines?.[0]?.points).toEqual([
    { x: 110, y: 100 },
    { x: 150, y: 100 },
    { x: 150, y: 220 },
    { x: 110, y: 220 },
  ]);
  test.click(190, 150);
  expect(test.shapes()).toEqual([boxAt(110, 100, 80, 120)]);
  expect(test.state()).toBe('box/idle');
});

it('draws four points wholly by keyboard, and takes one back', async () => {
  const test = await openExtreme();
  test.move(100, 100).key('Enter').key('Enter');
  test.key('ArrowLeft', { shift: true }).key('ArrowDown', { shift: true }).key('Enter');
  test.key('ArrowDown', { control: true }).key('Enter').key('Backspace');
  // The crosshair is back at the second point, 90, 110.
  test.key('ArrowDown', { shift: true }).key('Enter');
  test.key('ArrowRight', { control: true }).key('Enter');
  expect(test.shapes()).toEqual([boxAt(90, 100, 50, 20)]);
});

it('makes a square with Shift and grows from the middle with Alt, when boxes go by two points', async () => {
  const test = await openTestEditor();
  test.tool('box').drag([100, 100], [160, 120], { shift: true });
  test.drag([300, 200], [290, 230], { alt: true });
  expect(test.shapes()).toEqual([boxAt(100, 100, 60, 60), boxAt(290, 170, 20, 60)]);
});

it('shows at once what a key held down makes of a drag, before the pointer moves again', async () => {
  const test = await openTestEditor();
  const shown = () => test.editor.session.preview?.shapes[0]?.shape;
  const shift = { key: 'Shift', isRepeat: false, alt: false, control: false };
  test.tool('box').move(100, 100).down(100, 100).move(160, 120);
  expect(shown()).toEqual(boxAt(100, 100, 60, 20));
  test.send({ ...shift, type: 'keyDown', shift: true });
  expect(shown()).toEqual(boxAt(100, 100, 60, 60));
  test.send({ ...shift, type: 'keyUp', shift: false });
  expect(shown()).toEqual(boxAt(100, 100, 60, 20));
});
