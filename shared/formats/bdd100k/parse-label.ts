import type { AttributeValue } from '../../schema/label-schema';
import type { Shape } from '../../schema/shapes';
import type { Attributes, DatasetAnnotation } from '../format';
import { boxFromEdges } from '../parts/box-from-edges';
import { maskFromCocoRle } from '../parts/coco-rle';
import {
  attributesFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
} from '../parts/json/json-values';
import { type AnnotationExtras, annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { openRing } from '../parts/vertices';
import { attributesOfBox3d } from './box3d-attributes';
import { OWN_KEY } from './own-key';
import { outlineOf } from './poly2d-vertices';

/** Counted over a dataset and told once each. */
export interface LabelNotes {
  curves: number;
  shortColors: number;
  graphs: number;
  dropped(name: string): void;
}

export interface ParsedLabel {
  readonly category: string;
  /** Several where a label is drawn in open pieces. */
  readonly annotations: readonly Omit<DatasetAnnotation, 'imageKey' | 'classIndex'>[];
}

export interface LabelFault {
  readonly code: string;
  /** For a person, to follow "a label of a.jpg". */
  readonly reason: string;
}

/** Words for the colour of a light in the newer release, where the older says red, green, yellow and none. */
const SHORT_COLORS = new Set(['R', 'G', 'Y', 'NA']);

const MANUAL = ['manualShape', 'manualAttributes'] as const;

/**
 * One entry of a frame's `labels` (or of the old release's `objects`). Of several shapes the most precise is taken: rle,
 * then poly2d, then box2d; a box runs from x1 to x2 without another pixel. A label without any is the picture's own.
 *
 * @param isInVideo whether the id stands for an object through the frames of a video; elsewhere it says nothing.
 */
export function parseLabel(value: unknown, isInVideo: boolean, notes: LabelNotes): ParsedLabel | LabelFault {
  if (!isRecord(value)) return fault('bdd100k-bad-label', 'is not an object');
  const category = value.category;
  if (typeof category !== 'string' || category.trim() === '')
    return fault('bdd100k-no-category', 'has no "category"');
  const shapes = shapesOf(value, category, notes);
  if ('reason' in shapes) return shapes;
  const own = isRecord(value[OWN_KEY]) ? value[OWN_KEY] : null;
  const { attributes, isCrowd, score } = detailsOf(value, own, notes);
  const extras = own === null ? extrasOf(value, isInVideo, shapes.length) : annotationExtrasFrom(own);
  return {
    category,
    annotations: shapes.map((shape) => ({ shape, isCrowd, attributes, score, ...extras })),
  };
}

function fault(code: string, reason: string): LabelFault {
  return { code, reason };
}

function shapesOf(label: JsonRecord, category: string, notes: LabelNotes): readonly Shape[] | LabelFault {
  const own = recordFrom(label[OWN_KEY]).shape;
  const whole = own === undefined ? null : shapeFromRecord(own);
  if (whole !== null) return [whole];
  if (isRecord(label.rle)) {
    const mask = maskFromCocoRle(label.rle);
    if (mask === 'empty') return fault('bdd100k-empty-mask', 'has an "rle" that sets no pixel');
    return mask === null ? fault('bdd100k-bad-mask', 'has an "rle" that does not fit its "size"') : [mask];
  }
  if (Array.isArray(label.poly2d) && label.poly2d.length > 0)
    return outlines(asPoly2d(label.poly2d, category), notes);
  if (label.box2d !== undefined && label.box2d !== null) {
    const { x1, y1, x2, y2 } = recordFrom(label.box2d);
    const [left, top, right, bottom] = [x1, y1, x2, y2].map(numberFrom);
    const box =
      left == null || top == null || right == null || bottom == null
        ? null
        : boxFromEdges(left, top, right, bottom);
    return box === null ? fault('bdd100k-bad-box', 'has a "box2d" that is no box') : [box];
  }
  if (isRecord(label.box3d)) return fault('bdd100k-no-shape', 'has a box in space and none in the picture');
  if (isRecord(label.graph)) {
    notes.graphs += 1;
    return fault('bdd100k-graph', 'has a "graph" of points, which is not read');
  }
  return [{ type: 'tag' }];
}

/** The old release has one outline a label, as triples [x, y, type]; areas are closed, lanes are not. */
function asPoly2d(poly2d: readonly unknown[], category: string): readonly unknown[] {
  const isOld = poly2d.every((point) => Array.isArray(point) && typeof point[2] === 'string');
  if (!isOld) return poly2d;
  const points = poly2d as readonly (readonly unknown[])[];
  return [
    {
      vertices: points,
      types: points.map((point) => String(point[2]).slice(0, 1)).join(''),
      closed: category.startsWith('area') || category === 'drivable area',
    },
  ];
}

function outlines(poly2d: readonly unknown[], notes: LabelNotes): readonly Shape[] | LabelFault {
  const lines: Shape[] = [];
  const rings: { exterior: Extract<Shape, { type: 'polygon' }>['parts'][number]['exterior']; holes: [] }[] =
    [];
  for (const entry of poly2d) {
    const outline = outlineOf(entry);
    const vertices = outline?.isClosed === true ? openRing(outline.vertices) : (outline?.vertices ?? []);
    if (outline === null || vertices.length < (outline.isClosed ? 3 : 2)) {
      return fault('bdd100k-bad-outline', 'has a "poly2d" that is no outline');
    }
    if (outline.hasCurves) notes.curves += 1;
    if (outline.isClosed) rings.push({ exterior: vertices, holes: [] });
    else lines.push({ type: 'polyline', points: vertices });
  }
  const shapes: Shape[] = rings.length > 0 ? [{ type: 'polygon', parts: rings }, ...lines] : lines;
  return shapes.every((shape) => shapeFromRecord(shape) !== null)
    ? shapes
    : fault('bdd100k-bad-outline', 'has a "poly2d" of more points than an outline may have');
}

function detailsOf(
  label: JsonRecord,
  own: JsonRecord | null,
  notes: LabelNotes,
): { readonly attributes: Attributes; readonly isCrowd: boolean; readonly score: number | null } {
  const score = scoreFrom(label.score);
  const ofOwn = own !== null && isRecord(own.attributes) ? own : null;
  if (ofOwn !== null) {
    const attributes = attributesFrom(ofOwn.attributes, notes.dropped);
    return { attributes, isCrowd: ofOwn.is_crowd === true, score };
  }
  const { crowd, ...given } = recordFrom(label.attributes);
  const isCrowd = crowd === true || label.crowd === true;
  const more: (readonly [string, AttributeValue])[] = [];
  // In the reading of a flag nothing is lost; another value of that name is an attribute as others are.
  if (crowd !== undefined && crowd !== null && typeof crowd !== 'boolean') {
    if (typeof crowd === 'string' || typeof crowd === 'number') more.push(['crowd', crowd]);
    else notes.dropped('crowd');
  }
  if (label.ignored === true) more.push(['ignored', true]);
  for (const name of MANUAL) if (typeof label[name] === 'boolean') more.push([name, label[name]]);
  if (score === null && numberFrom(label.score) !== null) more.push(['score', numberFrom(label.score) ?? 0]);
  more.push(...(attributesOfBox3d(label.box3d) ?? []));
  const attributes = attributesFrom({ ...given, ...Object.fromEntries(more) }, notes.dropped);
  if (SHORT_COLORS.has(String(attributes.trafficLightColor))) notes.shortColors += 1;
  return { attributes, isCrowd, score };
}

function extrasOf(label: JsonRecord, isInVideo: boolean, pieces: number): AnnotationExtras {
  const id = typeof label.id === 'number' || typeof label.id === 'string' ? String(label.id) : '';
  return {
    ...(isInVideo && id !== '' ? { trackId: id.slice(0, 1000) } : {}),
    ...(pieces > 1 && id !== '' ? { groupId: id.slice(0, 1000) } : {}),
  };
}

/** How many labels a frame lists. */
export function labelCount(frame: JsonRecord): number {
  return listFrom(frame.labels).length;
}
