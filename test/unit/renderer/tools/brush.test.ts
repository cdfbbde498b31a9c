import { describe, expect, it } from 'vitest';
import type { MaskShape } from '../../../../shared/schema/shapes';
import { rasterOfShape } from '../../../../shared/shapes/mask/mask-pixels';
import { annotation, boxAt } from '../../../harness/annotations';
import { openTestEditor, type TestEditor } from '../../../harness/test-editor';

async function openBrush(options: Parameters<typeof openTestEditor>[0] = {}): Promise<TestEditor> {
  const test = await openTestEditor(options);
  test.tool('brush').editor.setToolOptions({ brushShape: 'square', brushDiameter: 4, brushMode: 'paint' });
  return test;
}

/** Rows of the mask as text, `#` set. */
function drawn(test: TestEditor, index = 0): readonly string[] {
  const { width, height, data } = rasterOfShape(maskOf(test, index));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_unused, x) => (data[y * width + x] === 1 ? '#' : '.')).join(''),
  );
}

function maskOf(test: TestEditor, index = 0): MaskShape {
  const shape = test.shapes()[index];
  if (shape?.type !== 'mask') throw new Error(`Object ${index} is no mask.`);
  return shape;
}

describe('the brush', () => {
  it('paints a dot with a click: the pixels whose centres the square covers', async () => {
    const test = (await openBrush()).click(20, 30);
    expect(maskOf(test)).toMatchObject({ x: 18, y: 28, width: 4, height: 4 });
    expect(drawn(test)).toEqual(['####', '####', '####', '####']);
  });

  it('paints a stroke as one change, which undo takes back as one', async () => {
    const test = (await openBrush()).drag([20, 30], [26, 30]);
    expect(maskOf(test)).toMatchObject({ x: 18, y: 28, width: 10, height: 4 });
    test.editor.undo();
    expect(test.shapes()).toEqual([]);
    expect(test.editor.canUndo).toBe(false);
  });

  it('shows what is painted and changes nothing before the button is let go', async () => {
    const test = (await openBrush()).down(20, 30).move(26, 30);
    expect(test.shapes()).toEqual([]);
    const shown = test.editor.session.preview?.raster;
    expect(shown?.version).toBe(2);
    expect(shown?.raster.data.reduce((sum, pixel) => sum + pixel, 0)).toBe(40);
    test.key('Escape');
    expect(test.editor.session.preview).toBeNull();
    test.up(26, 30);
    expect(test.shapes()).toEqual([]);
  });

  it('paints on in the mask it made, and begins a new one after Escape', async () => {
    const test = (await openBrush()).click(20, 30).click(24, 30);
    expect(test.shapes()).toHaveLength(1);
    expect(maskOf(test)).toMatchObject({ x: 18, y: 28, width: 8, height: 4 });
    test.key('Escape').click(100, 100);
    expect(test.shapes()).toHaveLength(2);
    expect(test.state()).toBe('brush/idle');
    test.key('Escape').key('Escape');
    expect(test.editor.session.toolId).toBe('select');
  });

  it('draws a straight line on from the last stroke with Shift', async () => {
    const test = (await openBrush()).click(20, 30).click(40, 30, { shift: true });
    expect(maskOf(test)).toMatchObject({ x: 18, y: 28, width: 24, height: 4 });
    expect(drawn(test)).toEqual(new Array(4).fill('#'.repeat(24)));
  });

  it('erases in erase mode and with the right button, and deletes a mask of which nothing is left', async () => {
    const test = (await openBrush()).drag([20, 30], [28, 30]);
    test.click(20, 30, { button: 'secondary' });
    expect(maskOf(test)).toMatchObject({ x: 22, y: 28, width: 8, height: 4 });
    test.editor.setToolOptions({ brushMode: 'erase' });
    test.drag([22, 30], [32, 30]);
    expect(test.shapes()).toEqual([]);
    test.editor.undo();
    expect(maskOf(test)).toMatchObject({ x: 22, y: 28, width: 8, height: 4 });
  });

  it('erases from the mask under it when none is selected, and never from other shapes', async () => {
    const test = await openBrush({ annotations: [annotation(1, boxAt(200, 200, 50, 50))] });
    test.drag([20, 30], [28, 30]);
    test.editor.select([]);
    test.editor.setToolOptions({ brushMode: 'erase' });
    test.click(20, 30);
    expect(maskOf(test, 1).x).toBe(22);
    test.editor.select([]);
    test.click(200, 200);
    expect(test.hint()).toBe('Select a mask to erase from, or begin on one.');
    expect(test.shapes()[0]).toEqual(boxAt(200, 200, 50, 50));
  });

  it('leaves a locked mask as it is and says so', async () => {
    const test = (await openBrush()).click(20, 30);
    const [mask] = test.objects();
    if (mask === undefined) throw new Error('Nothing was painted.');
    const locked = await openBrush({ annotations: [annotation(1, mask.shape, { isLocked: true })] });
    locked.select(1).click(21, 31);
    expect(locked.hint()).toContain('locked');
    expect(locked.shapes()).toEqual([mask.shape]);
  });

  it('fills an outline with Alt, closed by Enter; Backspace takes a corner back', async () => {
    const test = (await openBrush()).click(10, 10, { alt: true }).click(50, 10).click(300, 300);
    test.key('Backspace').click(50, 40).click(10, 40).key('Enter');
    expect(maskOf(test)).toMatchObject({ x: 10, y: 10, width: 40, height: 30 });
    expect(drawn(test)).toEqual(new Array(30).fill('#'.repeat(40)));
  });

  it('cuts an outline out of the mask in erase mode', async () => {
    const test = (await openBrush()).click(10, 10, { alt: true }).click(50, 10).click(50, 40).click(10, 40);
    test.click(11, 11);
    expect(test.state()).toBe('brush/idle');
    test.editor.setToolOptions({ brushMode: 'erase' });
    test.click(20, 20, { alt: true }).click(40, 20).click(40, 35).click(20, 35).key('c');
    expect(drawn(test)[9]).toBe('#'.repeat(40));
    expect(drawn(test)[10]).toBe('#'.repeat(10) + '.'.repeat(20) + '#'.repeat(10));
    expect(drawn(test)[25]).toBe('#'.repeat(40));
  });

  it('paints by keyboard: Enter puts the brush down, arrows paint, Enter lifts it', async () => {
    const test = await openBrush();
    test.move(20, 30).key('Enter');
    expect(test.state()).toBe('brush/aiming');
    test.key('ArrowRight', { shift: true }).key('Enter');
    expect(test.state()).toBe('brush/sweeping');
    test.key('ArrowRight', { shift: true }).key('Enter');
    expect(maskOf(test)).toMatchObject({ x: 28, y: 28, width: 14, height: 4 });
    expect(test.editor.session.keyboardCursor).toBeNull();
  });

  it('grows and shrinks with Alt and the wheel, by at least one px, while the view stays', async () => {
    const test = await openBrush();
    const camera = test.editor.session.camera;
    const wheel = (deltaY: number) =>
      test.send({
        type: 'wheel',
        screen: { x: 100, y: 100 },
        deltaX: 0,
        deltaY,
        shift: false,
        alt: true,
        control: false,
      });
    wheel(-100);
    expect(test.editor.session.toolOptions.brushDiameter).toBe(5);
    wheel(100);
    wheel(100);
    expect(test.editor.session.toolOptions.brushDiameter).toBe(3);
    expect(test.editor.session.camera).toBe(camera);
  });

  it('holds no more than a window round the stroke on a huge picture', async () => {
    const test = await openBrush({ size: { width: 20_000, height: 14_000 } });
    test.editor.setToolOptions({ brushDiameter: 200 });
    test.down(10_000, 7000).move(10_200, 7100);
    const raster = test.editor.session.preview?.raster?.raster;
    expect(raster?.data.length).toBeLessThan(2_000_000);
    test.up(10_200, 7100);
    expect(maskOf(test)).toMatchObject({ x: 9900, y: 6900, width: 400, height: 300 });
  });

  it('paints to the border of the picture and not beyond', async () => {
    const test = (await openBrush()).drag([2, 2], [-40, -40]);
    expect(maskOf(test)).toMatchObject({ x: 0, y: 0 });
  });
});
