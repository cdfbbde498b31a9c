import { statusAfterEdit } from '../document/image-status';
import type { Annotation, ImageStatus } from '../schema/annotation';
import type { AnnotationId } from '../schema/ids';
import type { Arrangement, ImageMerge } from '../schema/image-merge';
import { mergeValue } from './merge-object';

type Order = readonly AnnotationId[];
type Side = ImageMerge['arrangements'][number];

/**
 * Drawing order and status beside merged objects. Where sides contradict each other, the project's own holds: neither
 * is content, so nobody is asked. Objects that only came with returns are drawn on top, by when they were made.
 * @param sides by package id, so that equal sets give equal results.
 */
export function mergeArrangement(
  own: Arrangement,
  sides: readonly Side[],
  objects: ReadonlyMap<AnnotationId, Annotation>,
): Arrangement {
  return {
    order: mergeOrder(own.order, sides, objects),
    status: mergeStatus(own.status, sides, objects.size),
  };
}

function mergeOrder(
  own: Order,
  sides: readonly Side[],
  objects: ReadonlyMap<AnnotationId, Annotation>,
): Order & AnnotationId[] {
  const reordering = sides.filter(({ base, theirs }) => !isSameOrder(base.order, theirs.order));
  // Judged on what everybody knows: what one side alone added or deleted says nothing about another's order.
  const everywhere = [own, ...reordering.flatMap(({ base, theirs }) => [base.order, theirs.order])].map(
    (order) => new Set(order),
  );
  const isCommon = (id: AnnotationId) => everywhere.every((order) => order.has(id));
  const common = (order: Order) => order.filter(isCommon);
  const { value } = mergeValue(
    common(own).join(),
    reordering.map(({ base, theirs }) => ({
      base: common(base.order).join(),
      theirs: common(theirs.order).join(),
    })),
  );
  const wanted = reordering.map(({ theirs }) => common(theirs.order)).find((order) => order.join() === value);
  const ordered = wanted === undefined ? own : refilled(own, wanted);
  const known = new Set(ordered);
  const added = [...objects.values()].filter(({ id }) => !known.has(id)).sort(byMaking);
  return [...ordered.filter((id) => objects.has(id)), ...added.map(({ id }) => id)];
}

/** The places that these ids have in `order`, taken by them in their wanted order; all others stay. */
function refilled(order: Order, wanted: Order): Order {
  const moving = new Set(wanted);
  const next = wanted[Symbol.iterator]();
  return order.map((id) => (moving.has(id) ? (next.next().value ?? id) : id));
}

/** Whether ids that are in both come in the same order. */
function isSameOrder(a: Order, b: Order): boolean {
  const [inA, inB] = [new Set(a), new Set(b)];
  return a.filter((id) => inB.has(id)).join() === b.filter((id) => inA.has(id)).join();
}

function byMaking(a: Annotation, b: Annotation): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Two people who said the same agree, whenever each said it; the first word stands. */
function mergeStatus(own: ImageStatus, sides: readonly Side[], count: number): ImageStatus {
  const { value } = mergeValue(
    own.state,
    sides.map(({ base, theirs }) => ({ base: base.status.state, theirs: theirs.status.state })),
  );
  const saying = sides
    .filter(({ base, theirs }) => theirs.status.state === value && base.status.state !== value)
    .map(({ theirs }) => theirs.status)
    .sort((a, b) => (statusKey(a) < statusKey(b) ? -1 : 1));
  const status = value === own.state ? own : (saying[0] ?? own);
  return statusAfterEdit(status, count);
}

function statusKey({ decidedAt, decidedBy }: ImageStatus): string {
  return `${decidedAt ?? ''} ${decidedBy ?? ''}`;
}
