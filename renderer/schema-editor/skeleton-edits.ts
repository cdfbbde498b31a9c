import { clamp } from '../../shared/geometry/rect';
import type { SkeletonTemplate } from '../../shared/schema/shapes';

/** A place in a template: 0 to 1 of the box that is dragged for a new skeleton. */
export interface TemplatePlace {
  readonly x: number;
  readonly y: number;
}

/** Thousandths are finer than a template is drawn, and keep what is stored readable. */
function placed({ x, y }: TemplatePlace): TemplatePlace {
  const rounded = (value: number) => Math.round(clamp(value, 0, 1) * 1000) / 1000;
  return { x: rounded(x), y: rounded(y) };
}

/** With a joint more, under a name that no other has; joined with `joinedWith` unless that is null. */
export function withJointAdded(
  template: SkeletonTemplate,
  at: TemplatePlace,
  joinedWith: number | null,
): SkeletonTemplate {
  const taken = new Set(template.joints.map(({ name }) => name.trim().toLowerCase()));
  let number = template.joints.length + 1;
  while (taken.has(`joint ${number}`)) number += 1;
  const index = template.joints.length;
  return {
    joints: [...template.joints, { name: `joint ${number}`, ...placed(at) }],
    edges: joinedWith === null ? template.edges : [...template.edges, [joinedWith, index]],
  };
}

export function withJointMoved(
  template: SkeletonTemplate,
  index: number,
  to: TemplatePlace,
): SkeletonTemplate {
  return {
    ...template,
    joints: template.joints.map((joint, at) => (at === index ? { ...joint, ...placed(to) } : joint)),
  };
}

export function withJointRenamed(template: SkeletonTemplate, index: number, name: string): SkeletonTemplate {
  return {
    ...template,
    joints: template.joints.map((joint, at) => (at === index ? { ...joint, name: name.trim() } : joint)),
  };
}

/** Without a joint and its edges; null when it was the last one. */
export function withoutJoint(template: SkeletonTemplate, index: number): SkeletonTemplate | null {
  if (template.joints.length <= 1) return null;
  const moved = (end: number) => (end > index ? end - 1 : end);
  return {
    joints: template.joints.filter((_, at) => at !== index),
    edges: template.edges
      .filter(([from, to]) => from !== index && to !== index)
      .map(([from, to]) => [moved(from), moved(to)] as const),
  };
}

/** With a joint at another place in the order, which is the order of joints in exports; edges go along. */
export function withJointReordered(template: SkeletonTemplate, from: number, to: number): SkeletonTemplate {
  const order = template.joints.map((_, index) => index);
  order.splice(clamp(to, 0, order.length - 1), 0, ...order.splice(from, 1));
  const placeOf = new Map(order.map((old, now) => [old, now]));
  const moved = (end: number) => placeOf.get(end) ?? end;
  return {
    joints: order.flatMap((old) => template.joints[old] ?? []),
    edges: template.edges.map(([a, b]) => [moved(a), moved(b)] as const),
  };
}

export function areJoined({ edges }: SkeletonTemplate, a: number, b: number): boolean {
  return edges.some(([from, to]) => (from === a && to === b) || (from === b && to === a));
}

/** Joins two joints, or parts them when they are joined. */
export function withEdgeToggled(template: SkeletonTemplate, a: number, b: number): SkeletonTemplate {
  if (a === b) return template;
  return {
    ...template,
    edges: areJoined(template, a, b)
      ? template.edges.filter(([from, to]) => !((from === a && to === b) || (from === b && to === a)))
      : [...template.edges, [a, b]],
  };
}
