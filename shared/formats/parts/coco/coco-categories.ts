import { MAX_EDGES, MAX_JOINTS } from '../../../schema/shapes/skeleton';
import type { DatasetLabel } from '../../format';
import { isRecord, type JsonRecord, listFrom } from '../json/json-values';
import type { ProblemQueue } from '../problem-queue';
import { type LabelExtras, labelExtrasFrom, labelNameFrom } from '../records/label-record';
import { type CocoId, cocoIdFrom, shownId } from './coco-id';

export type CocoSkeleton = NonNullable<DatasetLabel['skeleton']>;

export interface CocoCategory {
  readonly name: string;
  readonly supercategory: string | null;
  readonly extras: LabelExtras;
  /** Edges as the file has them, for objects with more joints than the category names. */
  readonly edges: CocoSkeleton['edges'];
}

/** How a class says that it is stuff (sky, road), of which one does not count pieces: a question whose answer is no. */
const IS_THING = { name: 'isthing', kind: 'checkbox', options: [], default_value: false } as const;

const MAX_CATEGORIES = 10_000;

/** Takes one element of "categories", or reports why not. */
export function addCategory(
  categories: Map<CocoId, CocoCategory>,
  element: unknown,
  path: string,
  problems: ProblemQueue,
): void {
  const id = isRecord(element) ? cocoIdFrom(element.id) : null;
  if (!isRecord(element) || id === null) {
    problems.error('coco-bad-category', path, `A category in ${path} has no usable "id"; it was left out.`);
    return;
  }
  const name = labelNameFrom(element.name) ?? `class-${shownId(id).trim().slice(0, 90).trim()}`;
  if (labelNameFrom(element.name) === null) {
    problems.warning(
      'coco-bad-category',
      path,
      `Category ${shownId(id)} in ${path} has no name; it is called ${name}.`,
    );
  }
  if (categories.has(id)) {
    problems.error(
      'coco-duplicate-category',
      path,
      `Two categories in ${path} have the id ${shownId(id)}: ${categories.get(id)?.name} and ${name}. The first is used.`,
    );
  } else if (categories.size >= MAX_CATEGORIES) {
    problems.error(
      'coco-too-many-categories',
      path,
      `${path} has more than ${MAX_CATEGORIES} categories; the others and their annotations were left out.`,
    );
  } else {
    const edges = edgesOf(element.skeleton);
    categories.set(id, {
      name,
      supercategory: labelNameFrom(element.supercategory),
      extras: extrasOf(element, edges),
      edges,
    });
  }
}

function extrasOf(element: JsonRecord, edges: CocoSkeleton['edges']): LabelExtras {
  const joints = jointsOf(element.keypoints);
  return {
    ...labelExtrasFrom({
      color: colorOf(element.color),
      attributes: element.isthing === 0 ? [IS_THING, ...listFrom(element.attributes)] : element.attributes,
      allowed_shapes: element.allowed_shapes,
    }),
    ...(joints.length === 0
      ? {}
      : {
          skeleton: {
            joints,
            edges: edges.filter(([from, to]) => from < joints.length && to < joints.length),
          },
        }),
  };
}

/** Panoptic categories have `[red, green, blue]`; some tools write `#rrggbb`. */
function colorOf(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  if (!Array.isArray(value) || value.length !== 3) return undefined;
  const channels = value as readonly unknown[];
  const isByte = (channel: unknown) =>
    Number.isInteger(channel) && Number(channel) >= 0 && Number(channel) <= 255;
  if (!channels.every(isByte)) return undefined;
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** A keypoint without a usable name is called by its number, so that the others keep their places. */
function jointsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_JOINTS).map((name, index) => labelNameFrom(name) ?? jointName(index));
}

export function jointName(index: number): string {
  return `keypoint ${index + 1}`;
}

/** COCO counts keypoints from 1; Datumaro and others from 0, which a 0 among the numbers tells. */
function edgesOf(value: unknown): CocoSkeleton['edges'] {
  if (!Array.isArray(value)) return [];
  const pairs: [number, number][] = [];
  for (const pair of (value as readonly unknown[]).slice(0, MAX_EDGES)) {
    if (!Array.isArray(pair) || pair.length !== 2) continue;
    const [from, to] = pair as readonly unknown[];
    if (isIndex(from) && isIndex(to)) pairs.push([from, to]);
  }
  const first = pairs.some(([from, to]) => from === 0 || to === 0) ? 0 : 1;
  return pairs.map(([from, to]) => [from - first, to - first] as const);
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_JOINTS;
}

/** Whether pieces of a class are counted: false where its attribute `isthing` is no unless somebody says otherwise. */
export function isThing({ attributes }: DatasetLabel): boolean {
  return !(attributes ?? []).some(
    ({ name, defaultValue }) => name === IS_THING.name && defaultValue === false,
  );
}

/** The label without what a panoptic file says in a field of its own. */
export function withoutIsThing(label: DatasetLabel): DatasetLabel {
  const { attributes, ...rest } = label;
  if (attributes === undefined || isThing(label)) return label;
  const others = attributes.filter(({ name }) => name !== IS_THING.name);
  return others.length === 0 ? rest : { ...rest, attributes: others };
}
