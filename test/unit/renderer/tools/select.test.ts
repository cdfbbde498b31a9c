import { expect, it } from 'vitest';
import type { AnnotationId } from '../../../../shared/schema/ids';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

const id = (n: number) => testId(n) as AnnotationId;
const pair = () => [annotation(1, boxAt(100, 100, 60, 40)), annotation(2, boxAt(300, 100, 60, 40))];

it('selects by click, adds with Shift, takes away again, and deselects beside objects', async () => {
  const test = await openTestEditor({ annotations: pair() });
  const selected = () => [...test.editor.session.selection];
  test.click(120, 120);
  expect(selected()).toEqual([id(1)]);
  test.click(320, 120, { shift: true });
  expect(selected()).toEqual([id(1), id(2)]);
  test.click(120, 120, { shift: true });
  expect(selected()).toEqual([id(2)]);
  test.click(500, 400);
  expect(selected()).toEqual([]);
});

it('moves several objects as one change and stops at the edge of the picture', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([120, 120], [-300, 130]);
  expect(test.shapes()).toEqual([boxAt(0, 110, 60, 40), boxAt(200, 110, 60, 40)]);
  expect(test.editor.undoLabel).toBe('Move 2 objects');
  test.editor.undo();
  expect(test.shapes()).toEqual([boxAt(100, 100, 60, 40), boxAt(300, 100, 60, 40)]);
});

it('treats a press that moves less than 3 screen px as a click', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.drag([120, 120], [122, 121]);
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 60, 40));
  expect(test.editor.session.selection.has(id(1))).toBe(true);
  expect(test.editor.canUndo).toBe(false);
});

it('drags a corner beyond its opposite without ever inverting the box', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1).drag([160, 140], [50, 60]);
  expect(test.shapes()[0]).toEqual(boxAt(50, 60, 50, 40));
});

it('keeps a handle where it was taken: a grip 3 px off does not jump', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1).drag([163, 143], [183, 153]);
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 80, 50));
});

it('says why a locked object stays', async () => {
  const test = await openTestEditor({
    annotations: [annotation(1, boxAt(100, 100, 60, 40), { isLocked: true })],
  });
  test.move(130, 110).down(130, 110).move(160, 150);
  expect(test.hint()).toBe('This object is locked. Unlock it to change it.');
  test.up(160, 150).select(1).key('ArrowLeft');
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 60, 40));
  expect(test.hint()).toBe('This object is locked. Unlock it to change it.');
});

it('selects with a marquee what lies wholly inside, and restores the selection on Escape', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(2).move(50, 50).down(50, 50).move(200, 300);
  expect(test.state()).toBe('select/marquee');
  expect([...test.editor.session.selection]).toEqual([id(1)]);
  test.key('Escape');
  expect([...test.editor.session.selection]).toEqual([id(2)]);
  test.move(50, 50).down(50, 50).move(130, 300).up(130, 300);
  expect([...test.editor.session.selection]).toEqual([]);
});

it('nudges by 1 px, with Shift by 10, and with Alt one edge at a time', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1).key('ArrowRight').key('ArrowUp', { shift: true });
  expect(test.shapes()[0]).toEqual(boxAt(101, 90, 60, 40));
  test.key('ArrowLeft', { alt: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 90, 61, 40));
  test.key('ArrowLeft', { alt: true, shift: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 90, 60, 40));
  test.key('ArrowDown', { alt: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 90, 60, 41));
});

it('never nudges an edge past its opposite, and says why', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(100, 100, 2, 40))] });
  test.select(1).key('ArrowLeft', { alt: true, shift: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 1, 40));
  test.key('ArrowLeft', { alt: true, shift: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 100, 1, 40));
  expect(test.hint()).toBe('A box keeps at least 1 px on each side.');
});

it('shows by its cursor what a drag would do', async () => {
  const test = await openTestEditor({ annotations: pair() });
  const cursor = () => test.editor.session.cursor;
  test.move(500, 400);
  expect(cursor()).toBe('default');
  test.move(130, 120);
  expect(cursor()).toBe('pointer');
  test.select(1).move(131, 120);
  expect(cursor()).toBe('move');
  test.move(160, 140);
  expect(cursor()).toBe('nwse-resize');
});

it('moves, turns and scales by keyboard only what is in sight', async () => {
  const boxes = [
    annotation(1, boxAt(10, 10, 20, 20), { isHidden: true }),
    annotation(2, boxAt(100, 10, 20, 20)),
  ];
  const test = await openTestEditor({ annotations: boxes });
  test.select(1, 2).key('ArrowRight');
  expect(test.shapes()).toEqual([boxAt(10, 10, 20, 20), boxAt(101, 10, 20, 20)]);
  const before = test.shapes();
  test.select(1);
  for (const control of [false, true]) test.key('ArrowRight', { control }).key('ArrowUp', { control });
  expect(test.shapes()).toEqual(before);
  expect(test.hint()).toBe('This object is hidden. Show it to move it.');
});
