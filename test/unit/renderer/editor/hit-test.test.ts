import { expect, it } from 'vitest';
import { deleteAnnotations } from '../../../../shared/actions/delete-annotations';
import { imagePoint } from '../../../../shared/geometry/point';
import type { AnnotationId } from '../../../../shared/schema/ids';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { openTestEditor } from '../../../harness/test-editor';

const id = (n: number) => testId(n) as AnnotationId;

it('takes the small box inside a large one, and the large one by its edge', async () => {
  const { editor } = await openTestEditor({
    annotations: [annotation(1, boxAt(140, 140, 20, 20)), annotation(2, boxAt(100, 100, 200, 200))],
  });
  expect(editor.hit(imagePoint(150, 150))).toBe(id(1));
  expect(editor.hit(imagePoint(250, 250))).toBe(id(2));
  expect(editor.hit(imagePoint(101, 150))).toBe(id(2));
  expect(editor.hit(imagePoint(97, 150))).toBe(id(2));
  expect(editor.hit(imagePoint(90, 150))).toBeNull();
});

it('takes the topmost of equals, never a hidden one, and follows changes', async () => {
  const same = boxAt(100, 100, 50, 50);
  const { editor } = await openTestEditor({
    annotations: [annotation(1, same), annotation(2, same), annotation(3, same, { isHidden: true })],
  });
  expect(editor.hit(imagePoint(120, 120))).toBe(id(2));
  editor.perform(deleteAnnotations, { ids: [id(2)] });
  expect(editor.hit(imagePoint(120, 120))).toBe(id(1));
  editor.undo();
  expect(editor.hit(imagePoint(120, 120))).toBe(id(2));
});

it('reaches a thin line within the tolerance on screen, whatever the zoom', async () => {
  const line = {
    type: 'polyline' as const,
    points: [
      { x: 0, y: 100 },
      { x: 400, y: 100 },
    ],
  };
  const { editor } = await openTestEditor({ annotations: [annotation(1, line)] });
  expect(editor.hit(imagePoint(200, 104), 5)).toBe(id(1));
  editor.setCamera({ scale: 10, offsetX: 0, offsetY: 0 });
  expect(editor.hit(imagePoint(200, 104), 5)).toBeNull();
  expect(editor.hit(imagePoint(200, 100.4), 5)).toBe(id(1));
});
