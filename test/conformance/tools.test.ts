import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../renderer/tools';
import { canonicalJson } from '../../shared/document/canonical-json';
import { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import type { TestEditor } from '../harness/test-editor';
import { doDeed, gestures, gesturesAcrossTools, openWithEveryShape } from '../harness/tool-gestures';

const contents = ({ editor }: TestEditor) =>
  canonicalJson([...(editor.document?.annotations ?? [])].concat()) + canonicalJson(editor.document?.status);

/** Rounding of turned shapes whose corners lie on the picture's edge. */
const ROUNDING = 1e-6;

describe.each(Object.keys(TOOLS))('tool %s', (toolId) => {
  it('goes back to idle from every state on cancel, with the document as it was before the gesture', async () => {
    const visited = new Set<string>();
    await fc.assert(
      fc.asyncProperty(gestures(14), async (deeds) => {
        const test = await openWithEveryShape();
        test.tool(toolId).select(1);
        for (const deed of deeds) {
          const before = test.editor.document;
          doDeed(test, deed);
          visited.add(test.state());
          // Only a commit changes the document, and each commit can be undone.
          if (test.editor.document !== before) expect(test.editor.canUndo).toBe(true);
        }
        const before = contents(test);
        const undoable = test.editor.undoLabel;
        const current = test.editor.session.toolId;
        test.send({ type: 'cancel' });
        expect(contents(test)).toBe(before);
        expect(test.editor.undoLabel).toBe(undoable);
        expect(test.state()).toBe(`${current}/idle`);
        expect(test.editor.session.preview).toBeNull();
        expect(test.editor.session.keyboardCursor).toBeNull();
        await test.editor.settled();
      }),
      { numRuns: 250 },
    );
    expect((STATES[toolId] ?? []).filter((state) => !visited.has(state))).toEqual([]);
  });

  it('keeps every shape valid and inside the picture, and what is locked as it is', async () => {
    await fc.assert(
      fc.asyncProperty(gestures(20), async (deeds) => {
        const test = await openWithEveryShape();
        test.tool(toolId).select(1, 2, 4, 5, 6, 9, 11);
        const locked = canonicalJson(test.objects()[1]);
        for (const deed of deeds) doDeed(test, deed);
        expect(canonicalJson(test.objects().find((object) => object.isLocked))).toBe(locked);
        for (const shape of test.shapes()) {
          expect(Shape.safeParse(shape).success, JSON.stringify(shape)).toBe(true);
          const { x, y, width, height } = behaviourOf(shape).bounds(shape);
          expect(Math.min(x, y), JSON.stringify(shape)).toBeGreaterThanOrEqual(-ROUNDING);
          expect(x + width, JSON.stringify(shape)).toBeLessThanOrEqual(640 + ROUNDING);
          expect(y + height, JSON.stringify(shape)).toBeLessThanOrEqual(480 + ROUNDING);
          if (shape.type === 'box') expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is wholly undone by undo', async () => {
    await fc.assert(
      fc.asyncProperty(gestures(20), async (deeds) => {
        const test = await openWithEveryShape();
        const before = contents(test);
        test.tool(toolId).select(1);
        for (const deed of deeds) doDeed(test, deed);
        while (test.editor.canUndo) test.editor.undo();
        expect(contents(test)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});

it('another tool taken in hand in the middle of a gesture leaves nothing of the first', async () => {
  await fc.assert(
    fc.asyncProperty(gesturesAcrossTools(12), async (deeds) => {
      const test = await openWithEveryShape();
      test.tool('polygon').select(6);
      for (const deed of deeds) {
        const before = contents(test);
        doDeed(test, deed);
        if (deed.type !== 'tool') continue;
        expect(contents(test)).toBe(before);
        expect(test.state()).toBe(`${deed.id}/idle`);
        expect(test.editor.session.preview).toBeNull();
        expect(test.editor.session.keyboardCursor).toBeNull();
      }
    }),
    { numRuns: 300 },
  );
});

/** States that the generated deeds must reach, or the laws above prove little. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  select: [
    'select/idle',
    'select/pointing',
    'select/marquee',
    'select/translating',
    'select/resizing',
    'select/lassoing',
    'select/moving-vertices',
    'select/inserting-vertex',
    'select/picking-vertices',
    'select/editing-vertices',
    'select/scaling',
    'select/turning',
    'select/panning',
  ],
  pan: ['pan/idle', 'pan/panning'],
  box: [
    ...['box/idle', 'box/aiming', 'box/drawing', 'box/awaiting-corner', 'box/awaiting-extreme'],
    'box/panning',
  ],
  'rotated-box': [
    ...['rotated-box/idle', 'rotated-box/aiming', 'rotated-box/drawing', 'rotated-box/awaiting-edge'],
    'rotated-box/widening',
  ],
  polygon: ['polygon/idle', 'polygon/aiming', 'polygon/drawing', 'polygon/panning'],
  polyline: ['polyline/idle', 'polyline/aiming', 'polyline/drawing', 'polyline/panning'],
  points: ['points/idle', 'points/aiming', 'points/drawing', 'points/panning'],
  skeleton: ['skeleton/idle', 'skeleton/aiming', 'skeleton/drawing', 'skeleton/awaiting-corner'],
  ellipse: ['ellipse/idle', 'ellipse/aiming', 'ellipse/drawing', 'ellipse/awaiting-corner'],
  brush: [
    ...['brush/idle', 'brush/aiming', 'brush/painting', 'brush/sweeping', 'brush/outlining'],
    'brush/panning',
  ],
  cut: ['cut/idle', 'cut/aiming', 'cut/drawing', 'cut/panning'],
  ruler: ['ruler/idle', 'ruler/aiming', 'ruler/measuring', 'ruler/showing', 'ruler/panning'],
  scissors: ['scissors/idle', 'scissors/aiming', 'scissors/tracing', 'scissors/panning'],
  wand: ['wand/idle', 'wand/aiming', 'wand/panning'],
  cuboid: ['cuboid/idle', 'cuboid/aiming', 'cuboid/drawing', 'cuboid/awaiting-corner', 'cuboid/deepening'],
};
