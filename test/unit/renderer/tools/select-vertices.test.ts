import { expect, it } from 'vitest';
import { deleteVertices } from '../../../../renderer/editor/operations/delete-vertices';
import type { Shape } from '../../../../shared/schema/shapes';
import { annotation } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

type Place = readonly [x: number, y: number];
const ring = (...places: readonly Place[]) => places.map(([x, y]) => ({ x, y }));
const polygon = (...places: readonly Place[]): Shape => ({
  type: 'polygon',
  parts: [{ exterior: ring(...places), holes: [] }],
});
const SQUARE: readonly Place[] = [
  [100, 100],
  [200, 100],
  [200, 200],
  [100, 200],
];
const square = () => annotation(1, polygon(...SQUARE));

it('chooses a vertex by click, adds with Shift, and drags all that are chosen together', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).click(200, 100);
  expect(test.editor.session.selectedVertices).toEqual([{ ring: 0, index: 1 }]);
  test.click(200, 200, { shift: true });
  expect(test.editor.session.selectedVertices).toHaveLength(2);
  test.drag([200, 100], [230, 110]);
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [230, 110], [230, 210], [100, 200]));
  expect(test.editor.undoLabel).toBe('Reshape Car');
  test.editor.undo();
  expect(test.shapes()[0]).toEqual(polygon(...SQUARE));
});

it('drags a vertex that is not chosen alone, and leaves all as it was on Escape', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).move(100, 100).down(100, 100).move(80, 90);
  expect(test.state()).toBe('select/moving-vertices');
  test.key('Escape');
  expect(test.shapes()[0]).toEqual(polygon(...SQUARE));
  expect(test.editor.session.selectedVertices).toEqual([]);
  test.drag([100, 100], [80, 90]);
  expect(test.shapes()[0]).toEqual(polygon([80, 90], [200, 100], [200, 200], [100, 200]));
});

it('stops all chosen vertices together at the edge of the picture', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).click(100, 100).click(100, 200, { shift: true });
  for (let n = 0; n < 11; n += 1) test.key('ArrowLeft', { shift: true });
  expect(test.shapes()[0]).toEqual(polygon([0, 100], [200, 100], [200, 200], [0, 200]));
});

it('pulls a vertex out of an edge: at its middle, or anywhere with Alt', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).drag([150, 100], [150, 80]);
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [150, 80], [200, 100], [200, 200], [100, 200]));
  test.editor.undo();
  test.drag([100, 180], [90, 170], { alt: true });
  expect(test.shapes()[0]).toEqual(polygon(...SQUARE, [90, 170]));
  expect(test.editor.session.selectedVertices).toEqual([{ ring: 0, index: 4 }]);
  test.editor.undo();
  // A mere click with Alt adds one where it is.
  test.click(130, 100, { alt: true });
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [130, 100], [200, 100], [200, 200], [100, 200]));
});

it('chooses vertices by a rectangle with Alt inside of the outline', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).drag([150, 150], [220, 220], { alt: true });
  expect(test.editor.session.selectedVertices).toEqual([{ ring: 0, index: 2 }]);
});

it('removes chosen vertices, and the object with its last ring', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).click(200, 100);
  expect(deleteVertices(test.editor)).toBe(true);
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [200, 200], [100, 200]));
  expect(deleteVertices(test.editor)).toBe(false);
  test.click(100, 100);
  deleteVertices(test.editor);
  expect(test.shapes()).toEqual([]);
  test.editor.undo();
  test.editor.undo();
  expect(test.shapes()[0]).toEqual(polygon(...SQUARE));
});

it('forgets vertices that an undo takes away', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).drag([100, 180], [90, 170], { alt: true });
  expect(test.editor.session.selectedVertices).toEqual([{ ring: 0, index: 4 }]);
  test.editor.undo();
  expect(test.editor.session.selectedVertices).toEqual([]);
});

it('edits an outline wholly by keyboard', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  test.select(1).key('Enter');
  expect(test.state()).toBe('select/editing-vertices');
  expect(test.editor.session.announcement).toBe(
    'Points of the outline. Point 1 of 4 at 100, 100. Tab goes to the next, arrows move it, Insert adds one, Delete removes it, Escape leaves.',
  );
  test.key('Tab').key('ArrowRight', { shift: true }).key('ArrowUp').key('ArrowUp', { alt: true });
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [210, 98.9], [200, 200], [100, 200]));
  expect(test.editor.session.announcement).toBe('Point 2 of 4 at 210, 98.9');
  test.key('Tab', { shift: true }).key('Tab', { shift: true });
  expect(test.editor.session.selectedVertices).toEqual([{ ring: 0, index: 3 }]);
  test.key('Insert');
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [210, 98.9], [200, 200], [100, 200], [100, 150]));
  test.key('Delete');
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [210, 98.9], [200, 200], [100, 200]));
  test.key('Escape');
  expect(test.state()).toBe('select/idle');
  expect(test.editor.session.selectedVertices).toEqual([]);
  expect([...test.editor.session.selection]).toHaveLength(1);
});

it('takes Tab and Delete from the commands only while points are edited', async () => {
  const test = await openTestEditor({ annotations: [square()] });
  const tab = {
    type: 'keyDown',
    key: 'Tab',
    isRepeat: false,
    shift: false,
    alt: false,
    control: false,
  } as const;
  test.select(1);
  expect(test.editor.takesKey(tab)).toBe(false);
  test.key('Enter');
  expect(test.editor.takesKey(tab)).toBe(true);
  expect(test.editor.takesKey({ ...tab, key: 'v' })).toBe(false);
});

it('says of a joint whether it is seen, and takes Delete as not labelled', async () => {
  const joints = [
    { name: 'head', x: 300, y: 100, visibility: 2 },
    { name: 'foot', x: 300, y: 200, visibility: 2 },
  ] as const;
  const test = await openTestEditor({
    annotations: [annotation(1, { type: 'skeleton', joints, edges: [[0, 1]] })],
  });
  const seen = () => {
    const [shape] = test.shapes();
    return shape?.type === 'skeleton' ? shape.joints.map(({ visibility }) => visibility) : [];
  };
  test.select(1).click(300, 200).key('1');
  expect(seen()).toEqual([2, 1]);
  expect(test.editor.session.announcement).toBe('foot: hidden');
  test.key('Enter').key('Tab').key('0');
  expect(seen()).toEqual([0, 1]);
  test.key('Tab').key('Delete');
  expect(seen()).toEqual([0, 0]);
  test.drag([300, 100], [320, 90]);
  expect(test.shapes()[0]).toMatchObject({
    joints: [
      { x: 320, y: 90 },
      { x: 300, y: 200 },
    ],
  });
});

it('moves a border that two outlines share together while snapping is on, as one change', async () => {
  const neighbour = annotation(2, polygon([200, 100], [300, 100], [300, 200], [200, 200]));
  const locked = annotation(3, polygon([200, 100], [250, 20], [300, 60]), { isLocked: true });
  const test = await openTestEditor({ annotations: [square(), neighbour, locked] });
  test.select(1).drag([200, 100], [210, 120]);
  expect(test.shapes()[1]).toEqual(neighbour.shape);
  test.editor.undo();
  test.drag([200, 100], [210, 120], { control: true });
  expect(test.shapes()).toEqual([
    polygon([100, 100], [210, 120], [200, 200], [100, 200]),
    polygon([210, 120], [300, 100], [300, 200], [200, 200]),
    locked.shape,
  ]);
  test.editor.undo();
  expect(test.shapes()).toEqual([polygon(...SQUARE), neighbour.shape, locked.shape]);
});

it('draws a dragged vertex to that of another outline while snapping is on', async () => {
  const test = await openTestEditor({
    annotations: [square(), annotation(2, polygon([250, 100], [300, 100], [300, 200]))],
  });
  test.editor.setToolOptions({ isSnapping: true });
  test.select(1).drag([200, 100], [246, 104]);
  expect(test.shapes()[0]).toEqual(polygon([100, 100], [250, 100], [200, 200], [100, 200]));
});

it('rotates a rotated box by its own grip, in steps of 15° with Shift', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, { type: 'rotated-box', cx: 200, cy: 200, width: 80, height: 40, rotation: 0 }),
    ],
  });
  // The grip lies 26 screen px above the middle of the top side.
  test.select(1).drag([200, 154], [246, 202], { shift: true });
  expect(test.shapes()[0]).toMatchObject({ cx: 200, cy: 200, width: 80, height: 40, rotation: 90 });
});

it('moves the edge of a rotated box that faces the arrow, along its own axis', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, { type: 'rotated-box', cx: 200, cy: 200, width: 80, height: 40, rotation: 90 }),
    ],
  });
  // Turned by a quarter its own right side faces down.
  test.select(1).key('ArrowDown', { alt: true });
  expect(test.shapes()[0]).toMatchObject({
    cx: expect.closeTo(200, 9),
    cy: expect.closeTo(200.5, 9),
    width: expect.closeTo(81, 9),
    height: 40,
  });
  test.key('ArrowUp', { alt: true, shift: true });
  expect(test.shapes()[0]).toMatchObject({ cy: expect.closeTo(200, 9), width: expect.closeTo(80, 9) });
});
