import { expect, it } from 'vitest';
import { snapped } from '../../../../renderer/tools/parts/snapping';
import type { AnnotationId } from '../../../../shared/schema/ids';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

const PLAIN = { control: false };

const openSnapping = async (...annotations: Parameters<typeof annotation>[]) => {
  const { editor } = await openTestEditor({ annotations: annotations.map((one) => annotation(...one)) });
  editor.setToolOptions({ isSnapping: true, snapReach: 10 });
  return editor;
};

it('prefers a vertex to a nearer edge, and an edge to a nearer border', async () => {
  const editor = await openSnapping([1, boxAt(5, 100, 100, 100)]);
  // 8 px from the corner at 105, 100 and 2 px from the top edge.
  expect(snapped(editor, { x: 97, y: 102 }, PLAIN)).toMatchObject({
    at: { x: 105, y: 100 },
    snap: { kind: 'vertex', place: { id: testId(1), ring: 0 } },
  });
  // 4 px from the left edge, 1 px from the picture's border.
  expect(snapped(editor, { x: 1, y: 150 }, PLAIN)).toMatchObject({
    at: { x: 5, y: 150 },
    snap: { kind: 'edge', edge: expect.arrayContaining([{ x: 5, y: 100 }]) },
  });
  expect(snapped(editor, { x: 300, y: 474 }, PLAIN)).toMatchObject({
    at: { x: 300, y: 480 },
    snap: { kind: 'border', place: null },
  });
  expect(snapped(editor, { x: 636, y: 474 }, PLAIN).at).toEqual({ x: 640, y: 480 });
});

it('reaches as far on screen at any zoom', async () => {
  const editor = await openSnapping([1, boxAt(100, 100, 100, 100)]);
  const near = { x: 96, y: 96 };
  expect(snapped(editor, near, PLAIN).at).toEqual({ x: 100, y: 100 });
  editor.setCamera({ scale: 4, offsetX: 0, offsetY: 0 });
  expect(snapped(editor, near, PLAIN)).toEqual({ at: near, snap: null });
});

it('is turned round by Ctrl', async () => {
  const editor = await openSnapping([1, boxAt(100, 100, 100, 100)]);
  const near = { x: 97, y: 97 };
  expect(snapped(editor, near, { control: true }).snap).toBeNull();
  editor.setToolOptions({ isSnapping: false });
  expect(snapped(editor, near, PLAIN).snap).toBeNull();
  expect(snapped(editor, near, { control: true }).at).toEqual({ x: 100, y: 100 });
});

it('knows nothing of what is hidden, isolated away, outside the picture or being edited', async () => {
  const editor = await openSnapping(
    [1, boxAt(100, 100, 100, 100), { isHidden: true }],
    [2, boxAt(300, 300, 50, 50)],
    [3, boxAt(-20, 200, 60, 60)],
  );
  const at = (x: number, y: number) => ({ x, y });
  expect(snapped(editor, at(98, 98), PLAIN).snap).toBeNull();
  expect(snapped(editor, at(298, 298), PLAIN, new Set([testId(2) as AnnotationId])).snap).toBeNull();
  // The corner of object 3 lies 20 px left of the picture, its top edge goes on inside.
  expect(snapped(editor, at(2, 203), PLAIN).at).toEqual({ x: 2, y: 200 });
  editor.isolate([testId(3) as AnnotationId]);
  expect(snapped(editor, at(298, 298), PLAIN).snap).toBeNull();
});

it('takes single points and joints as vertices, but not the samples of a round outline', async () => {
  const editor = await openSnapping(
    [1, { type: 'points', points: [{ x: 100, y: 100 }] }],
    [2, { type: 'ellipse', cx: 300, cy: 300, rx: 50, ry: 50, rotation: 0 }],
  );
  expect(snapped(editor, { x: 104, y: 100 }, PLAIN)).toMatchObject({
    at: { x: 100, y: 100 },
    snap: { kind: 'vertex', place: null },
  });
  const onRound = snapped(editor, { x: 300 + 53 * Math.SQRT1_2, y: 300 + 53 * Math.SQRT1_2 }, PLAIN);
  expect(onRound.snap?.kind).toBe('edge');
  expect(Math.hypot(onRound.at.x - 300, onRound.at.y - 300)).toBeCloseTo(50, 0);
});
