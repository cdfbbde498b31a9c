import { createEditor } from '../../renderer/editor/create-editor';
import type { Editor, InputEvent, Modifiers, PointerInput } from '../../renderer/editor/editor';
import { screenFromImage } from '../../shared/geometry/camera';
import { imagePoint } from '../../shared/geometry/point';
import type { Size } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { countingIds, testId } from './annotations';
import { CAR, STREET_SCHEMA } from './label-schema';
import { createMemoryStore, type MemoryStore } from './memory-store';

export const IMAGE_ID = testId(900_001) as ImageId;
export const OTHER_IMAGE_ID = testId(900_002) as ImageId;
const NO_MODIFIERS: Modifiers = { shift: false, alt: false, control: false };

interface TestEditorOptions {
  readonly size?: Size;
  readonly annotations?: readonly Annotation[];
  readonly store?: MemoryStore;
}

/** A real editor without a screen, driven as a person would; points are in image px. */
export interface TestEditor {
  readonly editor: Editor;
  readonly store: MemoryStore;
  down(x: number, y: number, more?: Partial<PointerInput>): TestEditor;
  move(x: number, y: number, more?: Partial<PointerInput>): TestEditor;
  up(x: number, y: number, more?: Partial<PointerInput>): TestEditor;
  click(x: number, y: number, more?: Partial<PointerInput>): TestEditor;
  drag(
    from: readonly [number, number],
    to: readonly [number, number],
    more?: Partial<PointerInput>,
  ): TestEditor;
  key(key: string, modifiers?: Partial<Modifiers>): TestEditor;
  send(event: InputEvent): TestEditor;
  tool(id: string): TestEditor;
  select(...numbers: readonly number[]): TestEditor;
  /** All shapes, bottom first. */
  shapes(): readonly Shape[];
  objects(): readonly Annotation[];
  state(): string;
  hint(): string | null;
}

export async function openTestEditor(options: TestEditorOptions = {}): Promise<TestEditor> {
  const newId = countingIds(1_000);
  const store = options.store ?? createMemoryStore(countingIds(500_000));
  if (options.annotations !== undefined) store.seed(IMAGE_ID, options.annotations);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'tester',
    newId,
    now: () => '2026-01-02T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  const size = options.size ?? { width: 640, height: 480 };
  const opened = await editor.open(IMAGE_ID, size);
  if (!opened.ok) throw new Error(opened.error.message);
  editor.setView({ width: 800, height: 600 });
  // One image px is one screen px, away from the corner so that points outside the picture can be reached.
  editor.setCamera({ scale: 1, offsetX: 50, offsetY: 50 });
  editor.setActiveLabel(CAR.id);

  const screen = (x: number, y: number) => screenFromImage(editor.session.camera, imagePoint(x, y));
  const pointer = (type: PointerInput['type'], x: number, y: number, more: Partial<PointerInput> = {}) =>
    test.send({ type, screen: screen(x, y), button: 'primary', ...NO_MODIFIERS, ...more });

  const test: TestEditor = {
    editor,
    store,
    send(event) {
      editor.dispatch(event);
      return test;
    },
    down: (x, y, more) => pointer('pointerDown', x, y, more),
    move: (x, y, more) => pointer('pointerMove', x, y, more),
    up: (x, y, more) => pointer('pointerUp', x, y, more),
    click: (x, y, more) => test.move(x, y, more).down(x, y, more).up(x, y, more),
    drag: (from, to, more) =>
      test
        .move(...from, more)
        .down(...from, more)
        .move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more)
        .move(...to, more)
        .up(...to, more),
    key: (key, modifiers) =>
      test
        .send({ type: 'keyDown', key, isRepeat: false, ...NO_MODIFIERS, ...modifiers })
        .send({ type: 'keyUp', key, isRepeat: false, ...NO_MODIFIERS, ...modifiers }),
    tool(id) {
      editor.setTool(id);
      return test;
    },
    select(...numbers) {
      editor.select(numbers.map((n) => testId(n) as AnnotationId));
      return test;
    },
    objects: () => [...(editor.document?.annotations.values() ?? [])],
    shapes: () => test.objects().map((object) => object.shape),
    state: () => editor.session.toolState,
    hint: () => editor.session.preview?.hint ?? null,
  };
  return test;
}
