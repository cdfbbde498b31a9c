import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputEvent, PointerInput } from '../../renderer/editor/editor';
import { TOOLS } from '../../renderer/tools';
import { canonicalJson } from '../../shared/document/canonical-json';
import { screenPoint } from '../../shared/geometry/point';
import { annotation, boxAt } from '../harness/annotations';
import { CURB } from '../harness/label-schema';
import { openTestEditor, type TestEditor } from '../harness/test-editor';

const modifiers = fc.record({ shift: fc.boolean(), alt: fc.boolean(), control: fc.boolean() });
// Few places, so that presses often meet objects, handles and one another.
const place = fc
  .tuple(
    fc.constantFrom(40, 60, 100, 101, 150, 200, 260, 400, 760),
    fc.constantFrom(40, 60, 100, 102, 150, 250, 560),
  )
  .map(([x, y]) => screenPoint(x, y));
const key = fc.constantFrom('Enter', 'Escape', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'q');

const event: fc.Arbitrary<InputEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom<PointerInput['type']>('pointerDown', 'pointerMove', 'pointerMove', 'pointerUp'),
        place,
        fc.constantFrom<PointerInput['button']>('primary', 'primary', 'primary', 'middle', 'secondary'),
        modifiers,
      )
      .map(([type, screen, button, keys]): InputEvent => ({ type, screen, button, ...keys })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom<'keyDown' | 'keyUp'>('keyDown', 'keyDown', 'keyUp'), key, modifiers)
      .map(([type, name, keys]): InputEvent => ({ type, key: name, isRepeat: false, ...keys })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, fc.integer({ min: -400, max: 400 })).map(
      ([screen, deltaY]): InputEvent => ({
        type: 'wheel',
        screen,
        deltaX: 0,
        deltaY,
        shift: false,
        alt: false,
        control: false,
      }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<InputEvent>({ type: 'pointerLeave' }) },
);

const at = (type: PointerInput['type'], screen: PointerInput['screen']): InputEvent => ({
  type,
  screen,
  button: 'primary',
  shift: false,
  alt: false,
  control: false,
});
const click = place.map((screen) => [at('pointerDown', screen), at('pointerUp', screen)]);
const startOfDrag = fc
  .tuple(place, place)
  .map(([from, to]) => [at('pointerDown', from), at('pointerMove', to)]);

const press = (name: string): InputEvent => ({
  type: 'keyDown',
  key: name,
  isRepeat: false,
  shift: false,
  alt: false,
  control: false,
});
const startOfKeyboardBox = key.map((last) => [press('Enter'), press('Enter'), press(last)]);

/** Events of all kinds, with whole clicks and drags among them so that every state is reached often. */
const gestures = (most: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: event.map((one) => [one]) },
        { weight: 1, arbitrary: click },
        { weight: 1, arbitrary: startOfDrag },
        { weight: 1, arbitrary: startOfKeyboardBox },
      ),
      { minLength: 1, maxLength: most },
    )
    .map((groups) => groups.flat());

const open = () =>
  openTestEditor({
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
    ],
  });

const contents = ({ editor }: TestEditor) =>
  canonicalJson([...(editor.document?.annotations ?? [])].concat()) + canonicalJson(editor.document?.status);

describe.each(Object.keys(TOOLS))('tool %s', (toolId) => {
  it('goes back to idle from every state on cancel, with the document as it was before the gesture', async () => {
    const visited = new Set<string>();
    await fc.assert(
      fc.asyncProperty(gestures(14), async (events) => {
        const test = await open();
        test.tool(toolId).select(1);
        for (const one of events) {
          const before = test.editor.document;
          test.send(one);
          visited.add(test.state());
          // Only a commit changes the document, and each commit can be undone.
          if (test.editor.document !== before) expect(test.editor.canUndo).toBe(true);
        }
        const before = contents(test);
        const current = test.editor.session.toolId;
        test.send({ type: 'cancel' });
        expect(contents(test)).toBe(before);
        expect(test.state()).toBe(`${current}/idle`);
        expect(test.editor.session.preview).toBeNull();
        expect(test.editor.session.keyboardCursor).toBeNull();
        await test.editor.settled();
      }),
      { numRuns: 250 },
    );
    expect([...STATES[toolId as keyof typeof TOOLS]].filter((state) => !visited.has(state))).toEqual([]);
  });

  it('never changes a locked object, leaves the picture, or makes a box smaller than 1 px', async () => {
    await fc.assert(
      fc.asyncProperty(gestures(20), async (events) => {
        const test = await open();
        test.tool(toolId).select(1, 2, 4);
        const locked = canonicalJson(test.objects()[1]);
        for (const one of events) test.send(one);
        expect(canonicalJson(test.objects().find((object) => object.isLocked))).toBe(locked);
        for (const shape of test.shapes()) {
          if (shape.type !== 'box') continue;
          expect(shape.x).toBeGreaterThanOrEqual(0);
          expect(shape.y).toBeGreaterThanOrEqual(0);
          expect(shape.x + shape.width).toBeLessThanOrEqual(640);
          expect(shape.y + shape.height).toBeLessThanOrEqual(480);
          expect(Math.min(shape.width, shape.height)).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is wholly undone by undo', async () => {
    await fc.assert(
      fc.asyncProperty(gestures(20), async (events) => {
        const test = await open();
        const before = contents(test);
        test.tool(toolId).select(1);
        for (const one of events) test.send(one);
        while (test.editor.canUndo) test.editor.undo();
        expect(contents(test)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});

/** Every state a tool can be in; the generated events must reach them all, or the laws above prove little. */
const STATES: { readonly [K in keyof typeof TOOLS]: readonly string[] } = {
  select: [
    'select/idle',
    'select/pointing',
    'select/marquee',
    'select/translating',
    'select/resizing',
    'select/panning',
  ],
  box: ['box/idle', 'box/drawing', 'box/awaiting-corner', 'box/aiming', 'box/growing', 'box/panning'],
  pan: ['pan/idle', 'pan/panning'],
};
