import { createEditor } from '../../../renderer/editor/create-editor';
import type { Editor } from '../../../renderer/editor/editor';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import { countingIds, testId } from '../annotations';
import { STREET_SCHEMA } from '../label-schema';
import { createMemoryStore } from '../memory-store';
import { BENCH_PICTURE } from './bench-shapes';

const IMAGE_ID = testId(900_009) as ImageId;

/** A real editor over memory, open on the benches' picture with these objects. */
export async function benchEditor(annotations: readonly Annotation[]): Promise<Editor> {
  const store = createMemoryStore(countingIds(500_000));
  store.seed(IMAGE_ID, annotations);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'bench',
    newId: countingIds(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  await editor.open(IMAGE_ID, BENCH_PICTURE);
  return editor;
}
