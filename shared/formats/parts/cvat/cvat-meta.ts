import type { Size } from '../../../geometry/rect';
import type { ShapeType } from '../../../schema/shapes';
import type { DatasetAttribute, DatasetLabel } from '../../format';
import { type AttributeKind, valueOfText } from '../xml/attribute-text';
import { parseXml } from '../xml/parse-xml';
import { childOf, decimalOf, ownCopy, textOf, type XmlElement } from '../xml/xml-element';

/** A label as `<meta>` declares it, before labels of several files are joined. */
export interface CvatLabel {
  readonly name: string;
  readonly color: string | null;
  readonly attributes: readonly DatasetAttribute[];
  readonly skeleton: DatasetLabel['skeleton'] | null;
  readonly allowedShapes: readonly ShapeType[];
}

/** One `<task>` (or `<job>`) of the meta. */
export interface CvatTask {
  /** '' where the file is of a single task. */
  readonly id: string;
  readonly name: string;
  readonly subset: string;
  readonly originalSize: Size | null;
  /** Frames of a video that the task holds; null where the meta does not say. */
  readonly frames: { readonly start: number; readonly stop: number; readonly step: number } | null;
}

export interface CvatMeta {
  readonly labels: readonly CvatLabel[];
  readonly tasks: readonly CvatTask[];
}

/** What `<project>`, `<task>` or `<job>` of a meta says; other elements say nothing. */
export function parseCvatMeta(element: XmlElement): CvatMeta {
  if (element.name === 'project') {
    const tasks = childOf(element, 'tasks')?.children.filter(({ name }) => name === 'task') ?? [];
    return { labels: labelsIn(element), tasks: tasks.map((task) => taskOf(task, textOf(task, 'id'))) };
  }
  if (element.name === 'task' || element.name === 'job') {
    return { labels: labelsIn(element), tasks: [taskOf(element, '')] };
  }
  return { labels: [], tasks: [] };
}

function taskOf(element: XmlElement, id: string): CvatTask {
  const size = childOf(element, 'original_size');
  const width = size === null ? null : decimalOf(textOf(size, 'width'));
  const height = size === null ? null : decimalOf(textOf(size, 'height'));
  return {
    id: ownCopy(id),
    name: ownCopy(textOf(element, 'name')),
    subset: ownCopy(textOf(element, 'subset')),
    originalSize: sizeFrom(width, height),
    frames: framesOf(element),
  };
}

export function sizeFrom(width: number | null, height: number | null): Size | null {
  const isSize =
    width !== null &&
    height !== null &&
    width >= 1 &&
    height >= 1 &&
    width <= 1_000_000 &&
    height <= 1_000_000;
  return isSize ? { width, height } : null;
}

function framesOf(element: XmlElement): CvatTask['frames'] {
  const start = decimalOf(textOf(element, 'start_frame'));
  const stop = decimalOf(textOf(element, 'stop_frame'));
  const step = decimalOf(/step\s*=\s*(\d{1,9})/.exec(textOf(element, 'frame_filter'))?.[1] ?? '1') ?? 1;
  if (start === null || stop === null) return null;
  const isSound = Number.isSafeInteger(start) && Number.isSafeInteger(stop) && start >= 0 && stop >= start;
  return isSound && step >= 1 ? { start, stop, step } : null;
}

function labelsIn(element: XmlElement): readonly CvatLabel[] {
  const declared = childOf(element, 'labels')?.children.filter(({ name }) => name === 'label') ?? [];
  const parts = new Map<string, string[]>();
  for (const label of declared) {
    const parent = textOf(label, 'parent');
    if (parent === '') continue;
    const known = parts.get(parent);
    if (known === undefined) parts.set(parent, [ownCopy(textOf(label, 'name'))]);
    else known.push(ownCopy(textOf(label, 'name')));
  }
  return declared
    .filter((label) => textOf(label, 'parent') === '' && textOf(label, 'name') !== '')
    .map((label) => labelOf(label, parts.get(textOf(label, 'name')) ?? []));
}

function labelOf(element: XmlElement, parts: readonly string[]): CvatLabel {
  const type = textOf(element, 'type');
  const color = textOf(element, 'color').toLowerCase();
  const attributes = childOf(element, 'attributes')?.children ?? [];
  const isSkeleton = type === 'skeleton' || parts.length > 0;
  return {
    name: ownCopy(textOf(element, 'name')),
    color: /^#[0-9a-f]{6}$/.test(color) ? ownCopy(color) : null,
    attributes: attributes.filter(({ name }) => name === 'attribute').flatMap(attributeOf),
    skeleton: isSkeleton ? skeletonOf(textOf(element, 'svg'), parts) : null,
    allowedShapes: Object.hasOwn(SHAPES_OF_TYPE, type) ? (SHAPES_OF_TYPE[type] ?? []) : [],
  };
}

/** A rectangle of CVAT may be turned. */
const SHAPES_OF_TYPE: Readonly<Record<string, readonly ShapeType[]>> = {
  rectangle: ['box', 'rotated-box'],
  polygon: ['polygon'],
  polyline: ['polyline'],
  points: ['points'],
  ellipse: ['ellipse'],
  cuboid: ['cuboid'],
  mask: ['mask'],
  skeleton: ['skeleton'],
  tag: ['tag'],
};

/** What a label that allows these shapes is of; `any` where CVAT has no type for them together. */
export function typeOfShapes(shapes: readonly ShapeType[]): string {
  if (shapes.length > 0) {
    for (const [type, allowed] of Object.entries(SHAPES_OF_TYPE)) {
      if (shapes.every((shape) => allowed.includes(shape))) return type;
    }
  }
  return 'any';
}

function attributeOf(element: XmlElement): readonly DatasetAttribute[] {
  const name = ownCopy(childOf(element, 'name')?.text ?? '');
  if (name === '') return [];
  const inputType = textOf(element, 'input_type');
  const fallback = ownCopy(childOf(element, 'default_value')?.text ?? '');
  if (inputType === 'checkbox' || inputType === 'number' || inputType === 'text') {
    const value = fallback === '' ? null : valueOfText(fallback, inputType);
    return [{ name, kind: inputType, options: [], defaultValue: value }];
  }
  const text = ownCopy(childOf(element, 'values')?.text ?? '');
  const options = text.split('\n').filter((option) => option !== '');
  return [{ name, kind: 'select', options, defaultValue: fallback === '' ? null : fallback }];
}

/** The kind in which values of a declared attribute are written; options of a select are names. */
export function kindOfAttribute({ kind }: DatasetAttribute): AttributeKind {
  return kind === 'select' ? 'text' : kind;
}

/** Joints and edges of the drawing in which CVAT keeps a skeleton; its nodes are named, or stand in the order of `parts`. */
function skeletonOf(svg: string, parts: readonly string[]): NonNullable<DatasetLabel['skeleton']> {
  const { root } = parseXml(`<svg>${svg}</svg>`);
  const joints: string[] = [];
  const indexOfNode = new Map<string, number>();
  const lines: XmlElement[] = [];
  for (const element of root?.children ?? []) {
    if (element.name === 'line') lines.push(element);
    if (element.name !== 'circle') continue;
    const node = element.attributes.get('data-node-id') ?? element.attributes.get('data-element-id') ?? '';
    indexOfNode.set(node, joints.length);
    joints.push(ownCopy(element.attributes.get('data-label-name') ?? parts[joints.length] ?? ''));
  }
  const isNamed = joints.length > 0 && joints.every((name) => name !== '');
  const edges = lines.flatMap(({ attributes }) => {
    const from = indexOfNode.get(attributes.get('data-node-from') ?? '');
    const to = indexOfNode.get(attributes.get('data-node-to') ?? '');
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
  return isNamed ? { joints, edges } : { joints: parts, edges: [] };
}
