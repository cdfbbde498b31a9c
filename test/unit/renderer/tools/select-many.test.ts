import { expect, it } from 'vitest';
import { selectionFrame, turningFrame } from '../../../../renderer/editor/selection-frame';
import type { AnnotationId } from '../../../../shared/schema/ids';
import type { Shape } from '../../../../shared/schema/shapes';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { CAR, STREET_SCHEMA } from '../../../harness/label-schema';
import { openTestEditor } from '../../../harness/test-editor';

const id = (n: number) => testId(n) as AnnotationId;
const pair = () => [annotation(1, boxAt(100, 200, 60, 40)), annotation(2, boxAt(300, 200, 60, 40))];

it('puts a frame with eight grips and one that turns around two selected objects', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2);
  const frame = selectionFrame(test.editor);
  expect(frame?.bounds).toEqual({ x: 100, y: 200, width: 260, height: 40 });
  expect(frame?.handles.map(({ id: name, at }) => [name, at.x, at.y])).toEqual([
    ['north-west', 100, 200],
    ['north', 230, 200],
    ['north-east', 360, 200],
    ['east', 360, 220],
    ['south-east', 360, 240],
    ['south', 230, 240],
    ['south-west', 100, 240],
    ['west', 100, 220],
    ['rotate', 230, 200],
  ]);
  expect(frame?.handles.at(-1)?.away).toEqual({ dx: 0, dy: -26 });
});

it('has no frame for one object, nor for objects that are all locked or pinned', async () => {
  const test = await openTestEditor({
    annotations: [
      ...pair(),
      annotation(3, boxAt(10, 10, 20, 20), { isLocked: true }),
      annotation(4, boxAt(40, 10, 20, 20), { isPinned: true }),
      annotation(5, { type: 'tag' }),
    ],
  });
  test.select(1);
  expect(selectionFrame(test.editor)).toBeNull();
  test.select(1, 5);
  expect(selectionFrame(test.editor)).toBeNull();
  test.select(3, 4);
  expect(selectionFrame(test.editor)).toBeNull();
  test.select(1, 3);
  expect(selectionFrame(test.editor)?.ids).toEqual([id(1)]);
});

it('scales all by a corner of the frame as one change', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([360, 240], [490, 280]);
  expect(test.shapes()).toEqual([boxAt(100, 200, 90, 80), boxAt(400, 200, 90, 80)]);
  expect(test.editor.undoLabel).toBe('Scale 2 objects');
  test.editor.undo();
  expect(test.shapes()).toEqual([boxAt(100, 200, 60, 40), boxAt(300, 200, 60, 40)]);
});

it('keeps the ratio with Shift and the middle with Alt', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([360, 240], [490, 240], { shift: true });
  expect(test.shapes()).toEqual([boxAt(100, 200, 90, 60), boxAt(400, 200, 90, 60)]);
  test.editor.undo();
  test.drag([360, 220], [425, 220], { alt: true });
  expect(test.shapes()).toEqual([boxAt(35, 200, 90, 40), boxAt(335, 200, 90, 40)]);
});

it('scales only as far as the picture goes, and never inside out', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([360, 240], [640, 480], { shift: true });
  const [first, second] = test.shapes();
  // 540 px from the fixed corner to the right edge, for a frame of 260 px.
  expect(second).toMatchObject({ type: 'box', y: expect.closeTo(200, 9) });
  if (first?.type !== 'box' || second?.type !== 'box') throw new Error('boxes expected');
  expect(second.x + second.width).toBeCloseTo(640, 9);
  expect(first.width).toBeCloseTo((60 * 540) / 260, 9);
  expect(first.height).toBeCloseTo((40 * 540) / 260, 9);
  test.editor.undo();
  test.drag([360, 220], [20, 220]);
  expect(test.hint()).toBe(
    'A box needs at least 1 px on each side inside the picture. Drag further, or zoom in.',
  );
  expect(test.shapes()).toEqual([boxAt(100, 200, 60, 40), boxAt(300, 200, 60, 40)]);
});

it('turns boxes by quarters as boxes, about the middle of the frame', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([230, 174], [276, 220], { shift: true });
  expect(test.shapes()).toEqual([boxAt(210, 90, 40, 60), boxAt(210, 290, 40, 60)]);
  expect(test.editor.undoLabel).toBe('Turn 2 objects');
});

it('makes rotated boxes of boxes that are turned by less, and says so', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2).drag([230, 174], [260, 190], { shift: true });
  // From straight up to the upper right: 45°; the middles lie 100 px to the left and right of 230, 220.
  const side = 100 * Math.SQRT1_2;
  const [first, second] = test.shapes();
  expect(first).toMatchObject({ type: 'rotated-box' });
  if (first?.type !== 'rotated-box' || second?.type !== 'rotated-box') throw new Error('rotated boxes');
  expect([first.cx, first.cy, first.width, first.height, first.rotation]).toEqual(
    [230 - side, 220 - side, 60, 40, 45].map((value) => expect.closeTo(value, 6)),
  );
  expect([second.cx, second.cy]).toEqual([expect.closeTo(230 + side, 6), expect.closeTo(220 + side, 6)]);
  expect(test.editor.undoLabel).toBe('Turn 2 objects (2 boxes become rotated boxes)');
});

it('refuses to turn a box whose label allows no rotated boxes, but turns it by quarters', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.editor.setSchema({
    ...STREET_SCHEMA,
    labels: STREET_SCHEMA.labels.map((label) =>
      label.id === CAR.id ? { ...label, allowedShapes: ['box'] } : label,
    ),
  });
  test.select(1, 2).key('ArrowRight', { control: true });
  expect(test.hint()).toBe(
    'Car cannot be a rotated box, so its box cannot be turned. Allow the shape in the label schema.',
  );
  test.drag([230, 174], [276, 220], { shift: true });
  expect(test.shapes()).toEqual([boxAt(210, 90, 40, 60), boxAt(210, 290, 40, 60)]);
});

it('moves what is turned into the picture by the least, and refuses what does not fit', async () => {
  const test = await openTestEditor({
    annotations: [annotation(1, boxAt(0, 0, 100, 20)), annotation(2, boxAt(100, 0, 100, 20))],
  });
  test.select(1, 2).drag([100, -26], [136, 10], { shift: true });
  // 200 × 20 about 100, 10, turned upright, would begin 90 px above the picture.
  expect(test.shapes()).toEqual([boxAt(90, 0, 20, 100), boxAt(90, 100, 20, 100)]);
  const wide = await openTestEditor({
    annotations: [annotation(1, boxAt(0, 0, 300, 20)), annotation(2, boxAt(300, 0, 300, 20))],
  });
  wide.select(1, 2).move(300, -26).down(300, -26).move(340, 10, { shift: true });
  expect(wide.hint()).toBe('Turned like this it would not fit into the picture. Scale it first.');
});

it('turns by 1° and scales by a hundredth with Ctrl and arrows', async () => {
  const test = await openTestEditor({
    annotations: [annotation(1, { type: 'ellipse', cx: 200, cy: 200, rx: 100, ry: 50, rotation: 0 })],
  });
  test.select(1).key('ArrowRight', { control: true });
  expect(test.shapes()[0]).toMatchObject({ rotation: expect.closeTo(1, 9) });
  test.editor.undo();
  test.key('ArrowUp', { control: true });
  expect(test.shapes()[0]).toMatchObject({ rx: expect.closeTo(101, 9), ry: expect.closeTo(50.5, 9) });
});

it('leaves pinned objects where they are, and says why when nothing else is selected', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(100, 200, 60, 40), { isPinned: true }),
      annotation(2, boxAt(300, 200, 60, 40)),
    ],
  });
  test.select(1, 2).key('ArrowRight');
  expect(test.shapes()).toEqual([boxAt(100, 200, 60, 40), boxAt(301, 200, 60, 40)]);
  test.select(1).key('ArrowRight');
  expect(test.hint()).toBe('This object is pinned. Unpin it to move it; its outline can be changed.');
  expect(test.shapes()[0]).toEqual(boxAt(100, 200, 60, 40));
  // Its outline is still changed by its grips.
  test.drag([160, 240], [170, 250]);
  expect(test.shapes()[0]).toEqual(boxAt(100, 200, 70, 50));
});

it('draws a rectangle over a pinned object instead of carrying it off', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(0, 0, 640, 480), { isPinned: true }),
      annotation(2, boxAt(300, 200, 60, 40)),
    ],
  });
  test.drag([250, 150], [400, 300]);
  expect([...test.editor.session.selection]).toEqual([id(2)]);
});

it('moves a mask, and what goes with it, by whole pixels', async () => {
  // 10 × 12 px, all of them set.
  const mask = { type: 'mask', x: 200, y: 100, width: 10, height: 12, rle: '0h3' } as const;
  const test = await openTestEditor({
    annotations: [annotation(1, mask), annotation(2, boxAt(300, 200, 60, 40))],
  });
  test.editor.setCamera({ scale: 4, offsetX: 0, offsetY: 0 });
  test.select(1, 2).drag([310, 210], [315.25, 212.75]);
  expect(test.shapes()).toEqual([{ ...mask, x: 205, y: 103 }, boxAt(305, 203, 60, 40)]);
});

it('goes down through what lies on one another with each click at the same place', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(100, 100, 200, 200)),
      annotation(2, boxAt(110, 110, 100, 100)),
      annotation(3, boxAt(120, 120, 50, 50)),
    ],
  });
  const selected = () => [...test.editor.session.selection];
  test.click(140, 140);
  expect(selected()).toEqual([id(3)]);
  test.click(140, 141);
  expect(selected()).toEqual([id(2)]);
  test.click(141, 140);
  expect(selected()).toEqual([id(1)]);
  test.click(140, 140);
  expect(selected()).toEqual([id(3)]);
  test.click(160, 160, { alt: true });
  expect(selected()).toEqual([id(2)]);
  // Elsewhere it begins anew.
  test.click(150, 150);
  expect(selected()).toEqual([id(3)]);
});

it('drags what is selected even where something smaller lies over it', async () => {
  const test = await openTestEditor({
    annotations: [annotation(1, boxAt(100, 100, 200, 200)), annotation(2, boxAt(120, 120, 50, 50))],
  });
  test.select(1).drag([140, 140], [150, 145]);
  expect(test.shapes()).toEqual([boxAt(110, 105, 200, 200), boxAt(120, 120, 50, 50)]);
});

it('picks by a rectangle drawn to the left what its outline meets, but not what lies around it', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(100, 100, 60, 40)),
      annotation(2, boxAt(300, 100, 60, 40)),
      annotation(3, {
        type: 'polyline',
        points: [
          { x: 140, y: 60 },
          { x: 340, y: 300 },
        ],
      }),
      annotation(4, boxAt(0, 0, 640, 480), { isPinned: true }),
    ],
  });
  test.drag([320, 90], [150, 130]);
  expect([...test.editor.session.selection]).toEqual([id(1), id(2), id(3)]);
  test.drag([150, 90], [320, 130]);
  expect([...test.editor.session.selection]).toEqual([]);
});

it('picks with Alt what a freehand line goes round', async () => {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(100, 100, 20, 20)),
      annotation(2, boxAt(200, 100, 20, 20)),
      annotation(3, boxAt(150, 200, 20, 20)),
    ],
  });
  // A U around 1, 3 and 2 whose opening lies above 3 would hold; this one leaves 2 half outside.
  const alt = { alt: true };
  test.move(80, 80, alt).down(80, 80, alt);
  for (const [x, y] of [
    [140, 80],
    [140, 180],
    [190, 180],
    [190, 110],
    [240, 110],
    [240, 240],
    [80, 240],
  ] as const) {
    test.move(x, y, alt);
  }
  expect(test.state()).toBe('select/lassoing');
  test.up(80, 240, alt);
  expect([...test.editor.session.selection]).toEqual([id(1), id(3)]);
});

it('neither hits, picks nor reaches by keyboard what is isolated away', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(1, 2);
  test.editor.isolate([id(1)]);
  expect([...test.editor.session.selection]).toEqual([id(1)]);
  test.click(320, 220);
  expect([...test.editor.session.selection]).toEqual([]);
  test.drag([50, 150], [600, 400]);
  expect([...test.editor.session.selection]).toEqual([id(1)]);
});

it('shows again what an undo changes', async () => {
  const test = await openTestEditor({ annotations: pair() });
  test.select(2).key('ArrowRight');
  test.editor.isolate([id(1)]);
  test.editor.undo();
  expect(test.editor.session.isolated).toBeNull();
  expect(test.shapes()[1]).toEqual(boxAt(300, 200, 60, 40));
  test.editor.isolate([id(1)]);
  test.tool('box').drag([400, 50], [450, 90]);
  // What is drawn while others are set aside can be seen.
  expect(test.editor.session.isolated?.size).toBe(2);
});

it('turns one object that has no grip of its own by a grip above it', async () => {
  const triangle = (...places: readonly (readonly [number, number])[]) => ({
    type: 'polygon',
    parts: [{ exterior: places.map(([x, y]) => ({ x, y })), holes: [] }],
  });
  const test = await openTestEditor({
    annotations: [
      annotation(1, triangle([200, 200], [300, 200], [300, 260]) as Shape),
      annotation(2, { type: 'ellipse', cx: 100, cy: 100, rx: 30, ry: 20, rotation: 0 }),
    ],
  });
  // The middle of its bounds is 250, 230; the grip 26 px above the middle of their top.
  test.select(1).drag([250, 174], [306, 230], { shift: true });
  expect(test.shapes()[0]).toEqual(triangle([280, 180], [280, 280], [220, 280]));
  expect(turningFrame(test.select(2).editor)).toBeNull();
});

it('keeps the ratio of a single box with Shift and its middle with Alt', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, boxAt(100, 200, 60, 40))] });
  test.select(1).drag([160, 240], [190, 240], { shift: true });
  expect(test.shapes()[0]).toEqual(boxAt(100, 200, 90, 60));
  test.editor.undo();
  test.drag([160, 220], [170, 220], { alt: true });
  expect(test.shapes()[0]).toMatchObject({
    x: expect.closeTo(90, 9),
    y: 200,
    width: expect.closeTo(80, 9),
    height: 40,
  });
});
