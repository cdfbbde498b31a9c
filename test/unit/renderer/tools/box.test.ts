import { expect, it } from 'vitest';
import { annotation, boxAt } from '../../../harness/annotations';
import { CURB, OCCLUSION, OLD, PERSON } from '../../../harness/label-schema';
import { openTestEditor } from '../../../harness/test-editor';

it('draws by drag in any direction and selects what it drew', async () => {
  const test = await openTestEditor();
  test.tool('box').drag([200, 180], [100, 120]);
  expect(test.shapes()).toEqual([boxAt(100, 120, 100, 60)]);
  expect([...test.editor.session.selection]).toEqual(test.objects().map((one) => one.id));
  expect(test.objects()[0]).toMatchObject({
    createdBy: 'tester',
    attributes: { [OCCLUSION]: 0 },
    revision: 0,
  });
});

it('draws by two clicks, and a slight shake does not make a drag of the first', async () => {
  const test = await openTestEditor();
  test.tool('box').move(100, 100).down(100, 100).move(101, 101).up(101, 101);
  expect(test.state()).toBe('box/awaiting-corner');
  test.move(150, 140).down(160, 150).up(160, 150);
  expect(test.shapes()).toEqual([boxAt(100, 100, 60, 50)]);
  expect(test.state()).toBe('box/idle');
});

it('cuts a box to the picture', async () => {
  const test = await openTestEditor();
  test.tool('box').drag([-30, -20], [50, 40]).drag([600, 400], [745, 545]);
  expect(test.shapes()).toEqual([boxAt(0, 0, 50, 40), boxAt(600, 400, 40, 80)]);
});

it('says why a box is too small while it is drawn, and keeps nothing', async () => {
  const test = await openTestEditor();
  test.tool('box').move(100, 100).down(100, 100).move(140, 100);
  expect(test.hint()).toContain('A box needs at least 1 px on each side');
  test.up(140, 100);
  expect(test.objects()).toEqual([]);
  expect(test.hint()).toContain('A box needs at least 1 px on each side');
  test.down(200, 200);
  expect(test.hint()).toBeNull();
});

it('waits on with the reason when the second click makes too small a box', async () => {
  const test = await openTestEditor();
  test.tool('box').click(100, 100).click(100, 130);
  expect(test.state()).toBe('box/awaiting-corner');
  expect(test.hint()).toContain('at least 1 px');
  test.click(120, 130);
  expect(test.shapes()).toEqual([boxAt(100, 100, 20, 30)]);
});

it('stores whole px at low zoom and finer ones when zoomed in', async () => {
  const test = await openTestEditor();
  test.tool('box').editor.setCamera({ scale: 0.37, offsetX: 3.3, offsetY: 7.7 });
  test.drag([100.4, 100.4], [200.6, 200.6]);
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 101, 101));
  test.editor.setCamera({ scale: 4, offsetX: 0, offsetY: 0 });
  test.drag([10.26, 10.26], [20.49, 20.49]);
  expect(test.shapes()[1]).toEqual(boxAt(10.25, 10.25, 10.25, 10.25));
});

it('refuses before drawing when no label, a retired one or one without boxes is chosen', async () => {
  const test = await openTestEditor();
  const reasons = [null, OLD.id, CURB.id].map((label) => {
    test.tool('box').editor.setActiveLabel(label);
    test.drag([100, 100], [200, 200]);
    return test.hint();
  });
  expect(reasons).toEqual([
    'Choose a label first.',
    'Old is retired and takes no new objects. Choose another label.',
    'Curb cannot be a bounding box. Choose another label, or allow the shape in the label schema.',
  ]);
  expect(test.objects()).toEqual([]);
});

it('is used wholly by keyboard, and says where it is', async () => {
  const test = await openTestEditor();
  test.tool('box').editor.setActiveLabel(PERSON.id);
  test.send({ type: 'pointerLeave' }).key('Enter');
  // The middle of what is seen: the view shows -50..750 by -50..550 of a 640 by 480 picture.
  expect(test.editor.session.keyboardCursor).toEqual({ x: 320, y: 240 });
  test.key('ArrowLeft', { control: true }).key('ArrowUp', { shift: true }).key('ArrowRight');
  expect(test.editor.session.announcement).toBe('271, 230');
  test.key('Enter').key('ArrowDown', { control: true });
  expect(test.hint()).toContain('at least 1 px');
  test.key('Enter');
  expect(test.state()).toBe('box/awaiting-corner');
  test.key('ArrowRight', { shift: true }).key('Enter');
  expect(test.shapes()).toEqual([boxAt(271, 230, 10, 50)]);
  expect(test.objects()[0]?.labelId).toBe(PERSON.id);
  expect(test.editor.session.announcement).toBe('Box kept: 10 × 50 at 271, 230.');
  expect(test.editor.session.keyboardCursor).toBeNull();
});

it('keeps the keyboard crosshair inside the picture and in view', async () => {
  const test = await openTestEditor();
  test.tool('box').editor.setCamera({ scale: 8, offsetX: 0, offsetY: 0 });
  test.send({ type: 'pointerLeave' }).key('Enter');
  for (let i = 0; i < 30; i += 1) test.key('ArrowRight', { control: true });
  expect(test.editor.session.keyboardCursor?.x).toBe(640);
  const { camera, view } = test.editor.session;
  expect(640 * camera.scale + camera.offsetX).toBeLessThanOrEqual(view.width);
});

it('nudges the box just drawn, and leaves for select on Escape', async () => {
  const test = await openTestEditor();
  test.tool('box').drag([100, 100], [150, 150]).key('ArrowRight');
  expect(test.shapes()).toEqual([boxAt(101, 100, 50, 50)]);
  test.key('Escape');
  expect(test.editor.session.toolId).toBe('select');
});

it('pans under a half-drawn box and goes on', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(0, 0, 5, 5))] });
  test.tool('box').click(100, 100);
  const before = test.editor.session.camera;
  test.down(200, 200, { button: 'middle' });
  expect(test.state()).toBe('box/panning');
  test.send({
    type: 'pointerMove',
    screen: { x: 270, y: 260 },
    button: 'primary',
    shift: false,
    alt: false,
    control: false,
  });
  test.up(200, 200, { button: 'middle' });
  expect(test.editor.session.camera).toEqual({
    ...before,
    offsetX: before.offsetX + 20,
    offsetY: before.offsetY + 10,
  });
  expect(test.state()).toBe('box/awaiting-corner');
  test.click(160, 170);
  expect(test.shapes()[1]).toEqual(boxAt(100, 100, 60, 70));
});
