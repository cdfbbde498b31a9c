import { ok } from '../result/result';
import type { AnnotationId } from '../schema/ids';
import type { Action } from './edit/action';
import { buildChange } from './edit/build-change';
import { describeObjects } from './edit/describe-objects';
import { foundIn } from './edit/editable';

export const REORDER_DIRECTIONS = ['front', 'back', 'forward', 'backward'] as const;
export type ReorderDirection = (typeof REORDER_DIRECTIONS)[number];

export interface ReorderAnnotationsArgs {
  readonly ids: readonly AnnotationId[];
  readonly direction: ReorderDirection;
}

const WORDS: Readonly<Record<ReorderDirection, string>> = {
  front: 'to front',
  back: 'to back',
  forward: 'forward',
  backward: 'backward',
};

/** Changes the drawing order; objects moved together keep their order among themselves. */
export const reorderAnnotations: Action<ReorderAnnotationsArgs> = {
  code: 'annotation.reorder',
  run(document, { ids, direction }, context) {
    const found = foundIn(document, ids);
    if (!found.ok) return found;
    const before = [...document.annotations.keys()];
    const moving = new Set(found.value.map((annotation) => annotation.id));
    const after = reordered(before, moving, direction);
    const isSame = after.every((id, index) => before[index] === id);
    const label = `Bring ${describeObjects(found.value, context.schema)} ${WORDS[direction]}`;
    return ok(buildChange(reorderAnnotations.code, label, { order: isSame ? null : [before, after] }));
  },
};

function reordered(
  order: readonly AnnotationId[],
  moving: ReadonlySet<AnnotationId>,
  direction: ReorderDirection,
): readonly AnnotationId[] {
  const chosen = order.filter((id) => moving.has(id));
  const rest = order.filter((id) => !moving.has(id));
  if (direction === 'front') return [...rest, ...chosen];
  if (direction === 'back') return [...chosen, ...rest];
  if (direction === 'backward') return steppedDown(order, moving);
  return steppedDown([...order].reverse(), moving).reverse();
}

/** Each moving id swaps with a resting neighbour before it. */
function steppedDown(order: readonly AnnotationId[], moving: ReadonlySet<AnnotationId>): AnnotationId[] {
  const result = [...order];
  for (let index = 1; index < result.length; index += 1) {
    const current = result[index];
    const previous = result[index - 1];
    if (current === undefined || previous === undefined) continue;
    if (moving.has(current) && !moving.has(previous)) {
      result[index - 1] = current;
      result[index] = previous;
    }
  }
  return result;
}
