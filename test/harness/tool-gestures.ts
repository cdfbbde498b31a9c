import fc from 'fast-check';
import type { InputEvent, PointerInput } from '../../renderer/editor/editor';
import { selectionFrame } from '../../renderer/editor/selection-frame';
import type { ToolOptions } from '../../renderer/editor/tool-options';
import { TOOLS } from '../../renderer/tools';
import { screenFromImage } from '../../shared/geometry/camera';
import { screenPoint } from '../../shared/geometry/point';
import type { LabelId } from '../../shared/schema/ids';
import type { SkeletonTemplate } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { annotation, boxAt } from './annotations';
import { drawnPixels } from './drawn-pixels';
import { CAR, CURB, OLD, STREET_SCHEMA } from './label-schema';
import { openTestEditor, type TestEditor } from './test-editor';

/** For the tools that look at the picture; few, as every gesture asks for ways through them. */
const PIXELS = drawnPixels({ width: 48, height: 40 }, (x, y) => ((x >> 3) * 40 + (y >> 3) * 20) % 256);

/** What a person may do in the middle of a gesture besides moving the mouse and pressing keys. */
export type Deed =
  | InputEvent
  | { readonly type: 'tool'; readonly id: string }
  | { readonly type: 'label'; readonly id: LabelId | null }
  | { readonly type: 'options'; readonly options: Partial<ToolOptions> }
  | { readonly type: 'select'; readonly numbers: readonly number[] }
  /** A press on a grip of what is selected, by its place among them, if there is one. */
  | { readonly type: 'grip'; readonly place: number };

export function doDeed(test: TestEditor, deed: Deed): void {
  if (deed.type === 'tool') test.editor.setTool(deed.id);
  else if (deed.type === 'label') test.editor.setActiveLabel(deed.id);
  else if (deed.type === 'options') test.editor.setToolOptions(deed.options);
  else if (deed.type === 'select') test.select(...deed.numbers);
  else if (deed.type === 'grip') pressGrip(test, deed.place);
  else test.send(deed);
}

function pressGrip(test: TestEditor, place: number): void {
  const { editor } = test;
  const [only] = editor.session.selection;
  const shape = only === undefined ? undefined : editor.document?.annotations.get(only)?.shape;
  const handles =
    selectionFrame(editor)?.handles ?? (shape === undefined ? [] : behaviourOf(shape).handles(shape));
  const handle = handles[place % handles.length];
  if (handle === undefined) return;
  const { x, y } = screenFromImage(editor.session.camera, handle.at);
  const screen = screenPoint(x + (handle.away?.dx ?? 0), y + (handle.away?.dy ?? 0));
  test.send({ type: 'pointerDown', screen, button: 'primary', shift: false, alt: false, control: false });
}

const modifiers = fc.record({ shift: fc.boolean(), alt: fc.boolean(), control: fc.boolean() });
const NONE = { shift: false, alt: false, control: false };

// Few places, so that presses often meet objects, handles and one another.
const place = fc
  .tuple(
    fc.constantFrom(40, 60, 100, 101, 150, 200, 260, 400, 760),
    fc.constantFrom(40, 60, 100, 102, 150, 250, 560),
  )
  .map(([x, y]) => screenPoint(x, y));
const key = fc.constantFrom(
  ...['Enter', 'Escape', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'q', 'c', 'z'],
  ...['Backspace', 'Delete', 'Tab', 'Insert', 'Shift', 'Alt', 'Control'],
);
const toolId = fc.constantFrom(...Object.keys(TOOLS));

const event: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        fc.constantFrom<PointerInput['type']>('pointerDown', 'pointerMove', 'pointerMove', 'pointerUp'),
        place,
        fc.constantFrom<PointerInput['button']>('primary', 'primary', 'primary', 'middle', 'secondary'),
        modifiers,
      )
      .map(([type, screen, button, keys]): Deed => ({ type, screen, button, ...keys })),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom<'keyDown' | 'keyUp'>('keyDown', 'keyDown', 'keyUp'), key, modifiers)
      .map(([type, name, keys]): Deed => ({ type, key: name, isRepeat: false, ...keys })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.integer({ min: -400, max: 400 }))
      .map(([screen, deltaY]): Deed => ({ type: 'wheel', screen, deltaX: 0, deltaY, ...NONE })),
  },
  { weight: 2, arbitrary: fc.constant<Deed>({ type: 'pointerLeave' }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ type: 'blur' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<LabelId | null>(CAR.id, CURB.id, OLD.id, null)
      .map((id): Deed => ({ type: 'label', id })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        isSnapping: fc.boolean(),
        boxMethod: fc.constantFrom<ToolOptions['boxMethod']>('two-points', 'extreme-points'),
      })
      .map((options): Deed => ({ type: 'options', options })),
  },
);

const at = (type: PointerInput['type'], screen: PointerInput['screen'], keys = NONE): Deed => ({
  type,
  screen,
  button: 'primary',
  ...keys,
});
const press = (name: string): Deed => ({ type: 'keyDown', key: name, isRepeat: false, ...NONE });

const click = fc
  .tuple(place, fc.constantFrom(NONE, NONE, NONE, { ...NONE, alt: true }, { ...NONE, shift: true }))
  .map(([screen, keys]) => [
    at('pointerMove', screen, keys),
    at('pointerDown', screen, keys),
    at('pointerUp', screen, keys),
  ]);
const doubleClick = place.map((screen): readonly Deed[] => [
  at('pointerDown', screen),
  at('pointerUp', screen),
  at('pointerDown', screen),
  at('pointerUp', screen),
  { type: 'doubleClick', screen, ...NONE },
]);
const startOfDrag = fc
  .tuple(place, place)
  .map(([from, to]) => [at('pointerDown', from), at('pointerMove', to)]);
const drag = fc
  .tuple(place, place)
  .map(([from, to]) => [at('pointerDown', from), at('pointerMove', to), at('pointerUp', to)]);
const selection = fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], { minLength: 1 });
const dragOfGrip = fc
  .tuple(fc.oneof(selection, fc.constantFrom([5], [6], [8])), fc.nat(30), place, modifiers, fc.boolean())
  .map(([numbers, grip, to, keys, isWhole]): readonly Deed[] => [
    { type: 'select', numbers },
    { type: 'grip', place: grip },
    at('pointerMove', to, keys),
    ...(isWhole ? [at('pointerUp', to, keys)] : []),
  ]);
const dragWithAlt = fc
  .tuple(
    fc.constantFrom([], [4], [6], [6]),
    // Inside of the polygon, away from its edges.
    fc.oneof(place, fc.constant(screenPoint(185, 145))),
    place,
    fc.boolean(),
  )
  .map(([numbers, from, to, isWhole]): readonly Deed[] => [
    { type: 'select', numbers },
    at('pointerDown', from, { ...NONE, alt: true }),
    at('pointerMove', to, { ...NONE, alt: true }),
    ...(isWhole ? [at('pointerUp', to, { ...NONE, alt: true })] : []),
  ]);
const startByKeyboard = key.map((last) => [press('Enter'), press('Enter'), press(last)]);

/** Deeds of all kinds, with whole clicks and drags among them so that every state is reached often. */
export const gestures = (most: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: event.map((one): readonly Deed[] => [one]) },
        { weight: 3, arbitrary: click },
        { weight: 1, arbitrary: doubleClick },
        { weight: 1, arbitrary: startOfDrag },
        { weight: 1, arbitrary: drag },
        { weight: 1, arbitrary: startByKeyboard },
        { weight: 1, arbitrary: dragOfGrip },
        { weight: 1, arbitrary: dragWithAlt },
      ),
      { minLength: 1, maxLength: most },
    )
    .map((groups) => groups.flat());

/** As `gestures`, with other tools taken in hand on the way. */
export const gesturesAcrossTools = (most: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: gestures(2) },
        { weight: 1, arbitrary: toolId.map((id): readonly Deed[] => [{ type: 'tool', id }]) },
      ),
      { minLength: 1, maxLength: most },
    )
    .map((groups) => groups.flat());

export const PERSON_TEMPLATE: SkeletonTemplate = {
  joints: [
    { name: 'head', x: 0.5, y: 0 },
    { name: 'left foot', x: 0, y: 1 },
    { name: 'right foot', x: 1, y: 1 },
  ],
  edges: [
    [0, 1],
    [0, 2],
  ],
};

/** A picture of 640 × 480 px with an object of every shape, one locked and one hidden. Numbers are ids. */
export async function openWithEveryShape(): Promise<TestEditor> {
  const test = await openTestEditor({
    annotations: [
      annotation(1, boxAt(50, 50, 100, 100)),
      annotation(2, boxAt(60, 60, 20, 20), { isLocked: true }),
      annotation(3, boxAt(200, 60, 150, 120), { isHidden: true }),
      annotation(
        4,
        {
          type: 'polyline',
          points: [
            { x: 10, y: 200 },
            { x: 150, y: 210 },
          ],
        },
        { labelId: CURB.id },
      ),
      annotation(5, { type: 'rotated-box', cx: 250, cy: 250, width: 80, height: 40, rotation: 30 }),
      annotation(6, {
        type: 'polygon',
        parts: [
          {
            exterior: [
              { x: 50, y: 10 },
              { x: 150, y: 10 },
              { x: 150, y: 110 },
              { x: 50, y: 110 },
            ],
            holes: [
              [
                { x: 80, y: 40 },
                { x: 100, y: 40 },
                { x: 90, y: 60 },
              ],
            ],
          },
        ],
      }),
      annotation(7, {
        type: 'points',
        points: [
          { x: 210, y: 50 },
          { x: 350, y: 100 },
        ],
      }),
      annotation(8, {
        type: 'skeleton',
        joints: PERSON_TEMPLATE.joints.map(({ name, x, y }) => ({
          name,
          x: 100 + 50 * x,
          y: 100 + 100 * y,
          visibility: 2,
        })),
        edges: PERSON_TEMPLATE.edges,
      }),
      annotation(9, { type: 'ellipse', cx: 210, cy: 200, rx: 40, ry: 20, rotation: -20 }),
      // 10 × 12 px, all of them set.
      annotation(10, { type: 'mask', x: 205, y: 95, width: 10, height: 12, rle: '0h3' }),
      annotation(11, {
        type: 'cuboid',
        front: [
          { x: 300, y: 300 },
          { x: 360, y: 300 },
          { x: 360, y: 340 },
          { x: 300, y: 340 },
        ],
        back: [
          { x: 320, y: 280 },
          { x: 370, y: 280 },
          { x: 370, y: 320 },
          { x: 320, y: 320 },
        ],
      }),
      annotation(12, { type: 'tag' }),
    ],
  });
  test.editor.setPixels(PIXELS);
  test.editor.setSchema({
    ...STREET_SCHEMA,
    labels: STREET_SCHEMA.labels.map((label) =>
      label.id === CAR.id ? { ...label, skeleton: PERSON_TEMPLATE } : label,
    ),
  });
  return test;
}
