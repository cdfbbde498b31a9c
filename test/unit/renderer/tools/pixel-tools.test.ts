import { describe, expect, it } from 'vitest';
import type { MaskShape, PolygonShape } from '../../../../shared/schema/shapes';
import { rasterOfShape } from '../../../../shared/shapes/mask/mask-pixels';
import { drawnPixels } from '../../../harness/drawn-pixels';
import { openTestEditor, type TestEditor } from '../../../harness/test-editor';

const SIZE = { width: 200, height: 160 };
/** A bright square with corners 50,40 and 110,100; beside it a darker spot of 10 x 10 px. */
const level = (x: number, y: number): number => {
  if (x >= 50 && x < 110 && y >= 40 && y < 100) return 180;
  if (x >= 150 && x < 160 && y >= 40 && y < 50) return 60;
  return 30;
};

async function openTool(id: 'scissors' | 'wand'): Promise<TestEditor> {
  const test = await openTestEditor({ size: SIZE });
  test.editor.setPixels(drawnPixels(SIZE, level));
  return test.tool(id);
}

/** Lets what the worker found come in. */
const answered = () => new Promise((resolve) => setTimeout(resolve));

function polygonOf(test: TestEditor): PolygonShape {
  const shape = test.shapes().at(-1);
  if (shape?.type !== 'polygon') throw new Error('No polygon was made.');
  return shape;
}

function maskOf(test: TestEditor): MaskShape {
  const shape = test.shapes().at(-1);
  if (shape?.type !== 'mask') throw new Error('No mask was made.');
  return shape;
}

const areaOf = (shape: MaskShape) => rasterOfShape(shape).data.reduce((sum, pixel) => sum + pixel, 0);

/** How far a point is from the outline of the bright square. */
function distanceToSquare({ x, y }: { readonly x: number; readonly y: number }): number {
  const dx = Math.max(50 - x, 0, x - 110);
  const dy = Math.max(40 - y, 0, y - 100);
  if (dx > 0 || dy > 0) return Math.hypot(dx, dy);
  return Math.min(x - 50, 110 - x, y - 40, 100 - y);
}

describe('the scissors', () => {
  it('follow the edge of the square round its corners and close into a polygon along it', async () => {
    const test = (await openTool('scissors')).click(52, 40);
    await answered();
    test.click(110, 60);
    await answered();
    test.click(80, 100);
    await answered();
    test.click(50, 60);
    await answered();
    test.click(52, 40);
    const [part] = polygonOf(test).parts;
    for (const point of part?.exterior ?? []) expect(distanceToSquare(point)).toBeLessThanOrEqual(1.5);
    // Four corners of the square, and no vertex for every px of its edges.
    expect(part?.exterior.length).toBeGreaterThanOrEqual(4);
    expect(part?.exterior.length).toBeLessThan(30);
    expect(test.state()).toBe('scissors/idle');
  });

  it('show the wire to the pointer, straight with Ctrl and until the worker has answered', async () => {
    const test = (await openTool('scissors')).click(52, 40).move(110, 80);
    const wire = () => test.editor.session.preview?.lines?.[0]?.points ?? [];
    expect(wire()).toEqual([
      { x: 52, y: 40 },
      { x: 110, y: 80 },
    ]);
    await answered();
    expect(wire().length).toBeGreaterThan(60);
    for (const point of wire()) expect(distanceToSquare(point)).toBeLessThanOrEqual(1);
    test.move(110, 80, { control: true });
    expect(wire()).toHaveLength(2);
  });

  it('take the last point back with Backspace, and give up when none is left', async () => {
    const test = (await openTool('scissors')).click(52, 40).click(110, 60);
    expect(test.editor.session.preview?.marks).toHaveLength(2);
    test.key('Backspace');
    expect(test.editor.session.preview?.marks).toHaveLength(1);
    test.key('Backspace');
    expect(test.state()).toBe('scissors/idle');
    expect(test.shapes()).toEqual([]);
  });

  it('work by keyboard alone', async () => {
    const test = await openTool('scissors');
    test.move(52, 40).key('Enter').key('Enter');
    expect(test.state()).toBe('scissors/tracing');
    await answered();
    test.key('ArrowRight', { control: true }).key('Enter');
    await answered();
    test.key('ArrowDown', { control: true }).key('Enter');
    await answered();
    test.key('c');
    const [part] = polygonOf(test).parts;
    expect(part?.exterior[0]).toEqual({ x: 52, y: 40 });
    expect(test.editor.session.keyboardCursor).toBeNull();
  });

  it('drop what the worker finds after Escape', async () => {
    const test = (await openTool('scissors')).click(52, 40).key('Escape');
    await answered();
    expect(test.editor.session.preview).toBeNull();
  });

  it('say so while there are no pixels', async () => {
    const test = (await openTestEditor({ size: SIZE })).tool('scissors').click(52, 40);
    expect(test.hint()).toBe('The pixels of the picture are not there yet. Try again.');
  });
});

describe('the wand', () => {
  it('makes a mask of the pixels alike to the one clicked', async () => {
    const test = (await openTool('wand')).click(80, 80);
    await answered();
    expect(maskOf(test)).toMatchObject({ x: 50, y: 40, width: 60, height: 60 });
    expect(areaOf(maskOf(test))).toBe(3600);
    expect(test.editor.session.selection.size).toBe(1);
  });

  it('adds to the selected mask with Shift and takes away with Alt', async () => {
    const test = (await openTool('wand')).click(80, 80);
    await answered();
    test.click(155, 45, { shift: true });
    await answered();
    expect(areaOf(maskOf(test))).toBe(3700);
    test.click(80, 80, { alt: true });
    await answered();
    expect(areaOf(maskOf(test))).toBe(100);
    expect(test.shapes()).toHaveLength(1);
    test.click(155, 45, { alt: true });
    await answered();
    expect(test.shapes()).toEqual([]);
  });

  it('does the last click anew with another tolerance', async () => {
    const test = await openTool('wand');
    test.editor.setToolOptions({ wandTolerance: 28 });
    test.click(155, 45);
    await answered();
    expect(areaOf(maskOf(test))).toBe(100);
    // The ground is 30 levels darker.
    test.key('+');
    await answered();
    expect(test.editor.session.toolOptions.wandTolerance).toBe(32);
    expect(areaOf(maskOf(test))).toBe(200 * 160 - 3600);
    expect(test.shapes()).toHaveLength(1);
  });

  it('gives up what it looks for on Escape, and stays in hand', async () => {
    const test = (await openTool('wand')).click(80, 80).key('Escape');
    await answered();
    expect(test.shapes()).toEqual([]);
    expect(test.editor.session.toolId).toBe('wand');
  });

  it('works by keyboard, and drops what it finds after Escape there too', async () => {
    const test = await openTool('wand');
    test.move(80, 80).key('Enter').key('Enter');
    await answered();
    expect(areaOf(maskOf(test))).toBe(3600);
    test.key('ArrowDown', { control: true }).key('Enter').key('Escape');
    await answered();
    expect(test.shapes()).toHaveLength(1);
    expect(test.state()).toBe('wand/idle');
  });
});
