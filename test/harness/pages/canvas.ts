import { mountCanvas } from '../../../renderer/canvas/mount-canvas';
import { createEditor } from '../../../renderer/editor/create-editor';
import type { Editor } from '../../../renderer/editor/editor';
import { createAnnotation } from '../../../shared/actions/create-annotation';
import type { AnnotationId, ImageId, LabelId } from '../../../shared/schema/ids';
import type { Shape } from '../../../shared/schema/shapes';
import { countingIds, testId } from '../annotations';
import { CAR, PERSON, SIGN, STREET_SCHEMA } from '../label-schema';
import { createMemoryStore } from '../memory-store';
import type { BenchKind } from './bench-shapes';
import { type DrawFigures, measureDrawing } from './measure-drawing';
import { measureKonvaStroke } from './measure-konva-stroke';
import { type Gesture, type MoveFigures, measureMoves } from './measure-moves';
import { streetPicture } from './street-picture';

declare global {
  interface Window {
    canvasPage: {
      readonly editor: Editor;
      addExamples(): void;
      /** Adds an object and gives its id; refused ones throw. */
      add(shape: Shape, labelId?: LabelId): AnnotationId;
      measureDrawing(kind: BenchKind, count: number): Promise<DrawFigures>;
      measureMoves(gesture: Gesture, count: number): Promise<MoveFigures>;
      measureKonvaStroke(brushDiameter: number): Promise<readonly number[]>;
    };
  }
}

const SIZE = { width: 1280, height: 720 };

const container = document.querySelector('main');
if (container === null) throw new Error('The page has no place for the canvas.');
const store = createMemoryStore(countingIds(500_000));
const editor = createEditor({
  annotations: store.annotations,
  journal: store.journal,
  actor: () => 'tester',
  newId: () => crypto.randomUUID(),
  now: () => new Date().toISOString(),
  schema: STREET_SCHEMA,
});
const canvas = mountCanvas(container, editor);
await editor.open(testId(900_001) as ImageId, SIZE);
editor.setActiveLabel(CAR.id);
canvas.setPicture(streetPicture(SIZE.width, SIZE.height), SIZE);
canvas.focus();

window.canvasPage = {
  editor,
  addExamples() {
    const cars = [0, 1, 2, 3].map((i) => ({
      type: 'box' as const,
      x: SIZE.width * (0.08 + i * 0.23) - 2,
      y: SIZE.height * (0.58 + (i % 2) * 0.06) - 3,
      width: 174,
      height: 100,
    }));
    for (const shape of cars) editor.perform(createAnnotation, { labelId: CAR.id, shape });
    const person = { type: 'box' as const, x: 560, y: 380, width: 34, height: 92 };
    editor.perform(createAnnotation, { labelId: PERSON.id, shape: person });
    const sign = { type: 'box' as const, x: 880, y: 250, width: 42, height: 42 };
    editor.perform(createAnnotation, { labelId: SIGN.id, shape: sign });
    editor.select([]);
  },
  add(shape, labelId = CAR.id) {
    const known = new Set(editor.document?.annotations.keys());
    editor.perform(createAnnotation, { labelId, shape });
    const added = [...(editor.document?.annotations.keys() ?? [])].find((id) => !known.has(id));
    if (added === undefined) throw new Error(editor.session.preview?.hint ?? 'Nothing was added.');
    editor.select([]);
    return added;
  },
  measureDrawing,
  measureMoves,
  measureKonvaStroke,
};
document.documentElement.dataset.ready = 'true';
