import { expect, it } from 'vitest';
import type { Shape } from '../../../../shared/schema/shapes';
import { behaviourOf } from '../../../../shared/shapes';
import { annotation, boxAt } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

const boundsOf = (shape: Shape) => behaviourOf(shape).bounds(shape);

it('parts what is selected along a line of clicks, as one change, and selects the pieces', async () => {
  const test = await openTestEditor({
    annotations: [annotation(1, boxAt(100, 100, 200, 100)), annotation(2, boxAt(100, 250, 200, 100))],
  });
  test.select(1).tool('cut').click(180, 50).click(180, 400).key('Enter');
  expect(test.shapes().map(boundsOf)).toEqual([
    { x: 180, y: 100, width: 120, height: 100 },
    { x: 100, y: 250, width: 200, height: 100 },
    { x: 100, y: 100, width: 80, height: 100 },
  ]);
  expect(test.editor.undoLabel).toBe('Cut Car');
  expect(test.editor.session.selection.size).toBe(2);
  expect(test.state()).toBe('cut/idle');
  test.editor.undo();
  expect(test.shapes()).toEqual([boxAt(100, 100, 200, 100), boxAt(100, 250, 200, 100)]);
});

it('parts everything unlocked that the line meets when nothing is selected, by keyboard too', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(100, 100, 200, 100)),
      annotation(2, boxAt(100, 250, 200, 100)),
      annotation(3, boxAt(150, 380, 60, 40), { isLocked: true }),
      annotation(4, boxAt(400, 100, 60, 40)),
    ],
  });
  test.tool('cut').move(180, 50).key('Enter').key('Enter');
  for (let n = 0; n < 8; n += 1) test.key('ArrowDown', { control: true });
  expect(test.editor.session.preview?.lines?.[0]).toEqual({
    kind: 'cut',
    points: [
      { x: 180, y: 50 },
      { x: 180, y: 450 },
    ],
    isClosed: false,
  });
  test.key('Enter').key('c');
  expect(test.shapes()).toHaveLength(6);
  expect(test.editor.undoLabel).toBe('Cut 2 objects');
});

it('says why nothing is parted, and keeps the line', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(100, 100, 200, 100))] });
  test.tool('cut').click(400, 50).click(400, 300).key('Enter');
  expect(test.hint()).toBe('The line meets no object that can be cut. Draw it right across one.');
  expect(test.state()).toBe('cut/drawing');
  test.key('Escape').select(1).click(150, 50).click(150, 150).key('Enter');
  expect(test.hint()).toBe('The line parts nothing. Draw it all the way through an object.');
  expect(test.editor.canUndo).toBe(false);
});

it('cuts along a drag when it is let go', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(100, 100, 200, 100))] });
  test.tool('cut').drag([50, 150], [350, 150]);
  expect(test.shapes().map((shape) => boundsOf(shape).height)).toEqual([50, 50]);
});
