import { expect, it } from 'vitest';
import { behaviourOf } from '../../../../shared/shapes';
import { annotation } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

type Place = readonly [number, number];
const ring = (...places: readonly Place[]) => places.map(([x, y]) => ({ x, y }));
const polygon = (exterior: readonly Place[], ...holes: readonly (readonly Place[])[]) => ({
  type: 'polygon' as const,
  parts: [{ exterior: ring(...exterior), holes: holes.map((hole) => ring(...hole)) }],
});
const SQUARE: readonly Place[] = [
  [100, 100],
  [200, 100],
  [200, 200],
  [100, 200],
];
const doubleClick = (x: number, y: number) =>
  ({
    type: 'doubleClick',
    screen: { x: x + 50, y: y + 50 },
    shift: false,
    alt: false,
    control: false,
  }) as const;

it('closes with a click on the first point and selects what it drew', async () => {
  const test = await openTestEditor();
  test.tool('polygon').click(100, 100).click(200, 100).click(150, 180);
  expect(test.editor.session.preview?.marks?.map(({ kind }) => kind)).toEqual(['first', 'vertex', 'vertex']);
  test.click(104, 103);
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [200, 100],
      [150, 180],
    ]),
  ]);
  expect([...test.editor.session.selection]).toEqual(test.objects().map(({ id }) => id));
  expect(test.state()).toBe('polygon/idle');
});

it.each(['Enter', 'c'])('closes with %s, and not with fewer than three points', async (key) => {
  const test = await openTestEditor();
  test.tool('polygon').click(100, 100).click(200, 100).key(key);
  expect(test.hint()).toBe('A polygon needs at least 3 points.');
  test.click(150, 180).key(key);
  expect(test.shapes()).toHaveLength(1);
});

it('closes with a double click, whose second half sets no point and begins no polygon', async () => {
  const test = await openTestEditor();
  test
    .tool('polygon')
    .click(100, 100)
    .click(200, 100)
    .click(150, 180)
    .click(150, 180)
    .send(doubleClick(150, 180));
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [200, 100],
      [150, 180],
    ]),
  ]);
  // A double click on the first point closes with its first half.
  test
    .click(300, 100)
    .click(400, 100)
    .click(350, 180)
    .click(300, 100)
    .click(300, 100)
    .send(doubleClick(300, 100));
  expect(test.shapes()).toHaveLength(2);
  expect(test.state()).toBe('polygon/idle');
});

it('takes points back with Backspace and Ctrl+Z, and nothing else is deleted or undone', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test.tool('polygon').select(1).click(300, 100).click(400, 100).click(350, 180);
  const press = { type: 'keyDown' as const, isRepeat: false, shift: false, alt: false, control: false };
  expect(test.editor.takesKey({ ...press, key: 'Backspace' })).toBe(true);
  expect(test.editor.takesKey({ ...press, key: 'z', control: true })).toBe(true);
  test.key('Backspace').key('z', { control: true }).click(310, 150).click(320, 120).key('Enter');
  expect(test.shapes()[1]).toEqual(
    polygon([
      [300, 100],
      [310, 150],
      [320, 120],
    ]),
  );
  expect(test.editor.takesKey({ ...press, key: 'Backspace' })).toBe(false);
});

it('draws freehand by drag with few points, and closes where it began', async () => {
  const test = await openTestEditor();
  test.tool('polygon').move(100, 100).down(100, 100);
  for (let x = 103; x <= 200; x += 3) test.move(x, 100);
  for (let y = 103; y <= 200; y += 3) test.move(199, y);
  for (let step = 3; step <= 96; step += 3) test.move(199 - step, 199 - step);
  test.up(102, 102);
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [199, 100],
      [199, 199],
      [103, 103],
    ]),
  ]);
});

it('takes a whole stroke back at once', async () => {
  const test = await openTestEditor();
  test.tool('polygon').click(100, 100).down(200, 100);
  for (let y = 110; y <= 200; y += 10) test.move(200 + (y % 20), y);
  test.up(200, 200).key('Backspace').key('Backspace').click(150, 180).click(120, 180).key('Enter');
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [150, 180],
      [120, 180],
    ]),
  ]);
});

it('is drawn wholly by keyboard', async () => {
  const test = await openTestEditor();
  test.tool('polygon').move(100, 100).key('Enter');
  expect(test.state()).toBe('polygon/aiming');
  test.key('Enter').key('ArrowRight', { control: true }).key('Enter');
  test.key('ArrowDown', { shift: true }).key('Enter').key('ArrowDown').key('Enter').key('Backspace');
  // Back at the last point left; the same place twice closes.
  expect(test.editor.session.keyboardCursor).toEqual({ x: 150, y: 110 });
  test.key('Enter');
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [150, 100],
      [150, 110],
    ]),
  ]);
  expect(test.editor.session.announcement).toBe('Polygon kept: 3 points, at 100, 100.');
});

it('goes on by mouse what the keyboard began, and a resting mouse changes nothing', async () => {
  const test = await openTestEditor();
  test.tool('polygon').move(100, 100).key('Enter').key('Enter').move(100, 100).move(101, 100);
  expect(test.editor.session.keyboardCursor).toEqual({ x: 100, y: 100 });
  test.move(160, 100);
  expect(test.editor.session.keyboardCursor).toBeNull();
  test.click(200, 100).click(200, 150).key('Enter');
  expect(test.shapes()).toEqual([
    polygon([
      [100, 100],
      [200, 100],
      [200, 150],
    ]),
  ]);
});

it('cuts a hole into the selected polygon with Alt, as one change that can be undone', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test.tool('polygon').select(1).click(120, 120, { alt: true }).click(160, 120).click(140, 160).key('Enter');
  const hole: readonly Place[] = [
    [120, 120],
    [160, 120],
    [140, 160],
  ];
  expect(test.shapes()).toEqual([polygon(SQUARE, hole)]);
  expect(test.editor.undoLabel).toBe('Cut hole');
  test.editor.undo();
  expect(test.shapes()).toEqual([polygon(SQUARE)]);
});

it('cuts away what a hole takes that leaves its polygon, and joins it with the hole that it meets', async () => {
  const hole: readonly Place[] = [
    [120, 120],
    [140, 120],
    [140, 140],
    [120, 140],
  ];
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE, hole))] });
  const [first] = test.shapes();
  if (first?.type !== 'polygon') throw new Error('no polygon');
  expect(behaviourOf(first).area(first)).toBe(10_000 - 400);
  // A quarter of 100 × 20 px lies outside.
  test
    .tool('polygon')
    .select(1)
    .click(150, 160, { alt: true })
    .click(250, 160)
    .click(250, 180)
    .click(150, 180);
  test.key('Enter');
  const area = () => {
    const [shape] = test.shapes();
    if (shape?.type !== 'polygon') throw new Error('no polygon');
    return [behaviourOf(shape).area(shape), shape.parts.length, shape.parts[0]?.holes.length];
  };
  expect(area()).toEqual([10_000 - 400 - 50 * 20, 1, 1]);
  // Around the first hole and 10 px more to each side.
  test.click(110, 110, { alt: true }).click(150, 110).click(150, 150).click(110, 150).key('Enter');
  expect(area()).toEqual([10_000 - 1600 - 50 * 20, 1, 1]);
});

it('says that a hole over everything would leave nothing', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test
    .tool('polygon')
    .select(1)
    .click(100, 100, { alt: true })
    .click(200, 100)
    .click(200, 200)
    .click(100, 200);
  test.key('Enter');
  expect(test.hint()).toBe('Nothing would be left of the polygon. Delete it instead.');
  expect(test.shapes()).toEqual([polygon(SQUARE)]);
  expect(test.editor.canUndo).toBe(false);
});

it('adds a part outside the selected polygon with Alt, and joins one that overlaps it', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test.tool('polygon').select(1).click(300, 100, { alt: true }).click(340, 100).click(320, 140).key('Enter');
  const part = ring([300, 100], [340, 100], [320, 140]);
  expect(test.shapes()).toEqual([
    { type: 'polygon', parts: [...polygon(SQUARE).parts, { exterior: part, holes: [] }] },
  ]);
  expect(test.editor.undoLabel).toBe('Add part');
  test.click(50, 150, { alt: true }).click(150, 150).click(150, 250).click(50, 250).key('Enter');
  const [shape] = test.shapes();
  if (shape?.type !== 'polygon') throw new Error('no polygon');
  expect(shape.parts).toHaveLength(2);
  expect(behaviourOf(shape).area(shape)).toBe(10_000 + 10_000 - 2500 + 800);
});

it('says what Alt needs, and that a locked polygon stays as it is', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE), { isLocked: true })] });
  test.tool('polygon').click(120, 120, { alt: true });
  expect(test.hint()).toBe('Select one polygon first: with Alt you draw a hole or a further part of it.');
  test.select(1).click(120, 120, { alt: true });
  expect(test.hint()).toBe('This object is locked. Unlock it to change it.');
  expect(test.state()).toBe('polygon/idle');
});

it('follows the border of a neighbour between two snapped points with Tab, the other way round, and straight again', async () => {
  // A notch between (200, 130) and (200, 170) on the right side of the neighbour.
  const neighbour: readonly Place[] = [
    [100, 100],
    [200, 100],
    [200, 130],
    [180, 150],
    [200, 170],
    [200, 200],
    [100, 200],
  ];
  const test = await openTestEditor({ annotations: [annotation(1, polygon(neighbour))] });
  test.editor.setToolOptions({ isSnapping: true });
  test.tool('polygon').click(203, 98).click(197, 202);
  expect(test.hint()).toBe('Tab follows the outline between the last two points');
  const shown = () => test.editor.session.preview?.shapes[0]?.shape;
  test.key('Tab');
  expect(shown()).toEqual(
    polygon([
      [200, 100],
      [200, 130],
      [180, 150],
      [200, 170],
      [200, 200],
    ]),
  );
  test.key('Tab');
  expect(shown()).toEqual(
    polygon([
      [200, 100],
      [100, 100],
      [100, 200],
      [200, 200],
    ]),
  );
  test.key('Tab');
  expect(shown()).toBeUndefined();
  test.key('Tab', { shift: true }).key('Tab', { shift: true }).click(300, 150).key('Enter');
  expect(test.shapes()[1]).toEqual(
    polygon([
      [200, 100],
      [200, 130],
      [180, 150],
      [200, 170],
      [200, 200],
      [300, 150],
    ]),
  );
});

it('follows the border back to the first point when that lies on it too', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test.editor.setToolOptions({ isSnapping: true });
  // On the right side at half height, away, and on the bottom side at half width.
  test.tool('polygon').click(201, 150).click(300, 300).click(150, 201).key('Tab').key('Enter');
  expect(test.shapes()[1]).toEqual(
    polygon([
      [200, 150],
      [300, 300],
      [150, 200],
      [200, 200],
    ]),
  );
});

it('says what Tab needs when there is no border to follow', async () => {
  const test = await openTestEditor();
  test.tool('polygon').click(100, 100).click(200, 100).key('Tab');
  expect(test.hint()).toContain('Snap two points');
  expect(test.state()).toBe('polygon/drawing');
});

it('marks what the first point would snap to, and no longer when the pointer is gone', async () => {
  const test = await openTestEditor({ annotations: [annotation(1, polygon(SQUARE))] });
  test.editor.setToolOptions({ isSnapping: true });
  test.tool('polygon').move(203, 98);
  expect(test.editor.session.preview?.marks).toEqual([{ at: { x: 200, y: 100 }, kind: 'snap' }]);
  test.send({ type: 'pointerLeave' });
  expect(test.editor.session.preview).toBeNull();
});
