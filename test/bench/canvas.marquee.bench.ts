import type { InputEvent, PointerInput } from '../../renderer/editor/editor';
import { screenPoint } from '../../shared/geometry/point';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import { editorWith, MIXED_PICTURE, mixedShapes } from '../harness/mixed-shapes';

const SHAPES = 10_000;
const MOVES = 60;

/**
 * One pointer move of a rectangle drawn over all of 10,000 objects of every kind, selection included: to the right
 * (wholly inside) and to the left (touched as well). Against asking every shape for its bounds and keeping the set.
 */
export default async function bench() {
  const shapes = mixedShapes(SHAPES);
  const editor = await editorWith(shapes);
  editor.setCamera({ scale: 1, offsetX: 0, offsetY: 0 });
  const rows = [];
  for (const way of ['inside', 'touching'] as const) {
    const [from, to] = way === 'inside' ? [-20, MIXED_PICTURE.width + 20] : [MIXED_PICTURE.width + 20, -20];
    editor.select([]);
    editor.dispatch(pointer('pointerDown', from, -20));
    editor.dispatch(pointer('pointerMove', (from + to) / 2, 500));
    const moves = Array.from({ length: MOVES }, (_, n) =>
      // Each move takes another set: from nearly all to all.
      timed(() => editor.dispatch(pointer('pointerMove', to, MIXED_PICTURE.height + 20 - (n % 10) * 8))),
    );
    editor.dispatch(pointer('pointerUp', to, MIXED_PICTURE.height + 20));
    const bare = Array.from({ length: MOVES }, () => timed(() => picked(shapes)));
    const value = median(moves);
    const baseline = median(bare);
    rows.push({
      bench: `canvas.marquee.${way}`,
      n: editor.session.selection.size,
      value,
      unit: 'ms',
      baseline,
      ratio: value / baseline,
    });
  }
  return rows;
}

function picked(shapes: readonly Annotation[]): ReadonlySet<AnnotationId> {
  const ids = new Set<AnnotationId>();
  for (const { id, shape } of shapes) {
    const { x, y, width, height } = behaviourOf(shape).bounds(shape);
    if (x >= -20 && y >= -20 && x + width <= 3860 && y + height <= 2180) ids.add(id);
  }
  return ids;
}

function pointer(type: PointerInput['type'], x: number, y: number): InputEvent {
  return { type, screen: screenPoint(x, y), button: 'primary', shift: false, alt: false, control: false };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
