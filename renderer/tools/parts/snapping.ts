import { screenFromImage } from '../../../shared/geometry/camera';
import { distance, type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Shape } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import type { OutlineRing } from '../../../shared/shapes/shape-behaviour';
import type { Editor, Modifiers, Preview } from '../../editor/editor';

/** A place on the outline of an object: vertex 3 is position 3, the middle between vertices 3 and 4 is 3.5. */
export interface RingPlace {
  readonly id: AnnotationId;
  /** As `outline` of the object's shape counts them. */
  readonly ring: number;
  readonly position: number;
}

/** What a point was drawn to. `border` is the picture's own. */
export interface Snap {
  readonly kind: 'vertex' | 'edge' | 'border';
  /** Null for the picture's border and for single points, which have no outline to follow. */
  readonly place: RingPlace | null;
  /** The edge that was snapped to, in image px; null for vertices. */
  readonly edge: readonly [ImagePoint, ImagePoint] | null;
}

export interface Snapped {
  /** The point itself when nothing is in reach. */
  readonly at: ImagePoint;
  readonly snap: Snap | null;
}

/** Whether points snap now: the person's habit, turned round while Ctrl is held. */
export function isSnappingNow(editor: Editor, { control }: Pick<Modifiers, 'control'>): boolean {
  return editor.session.toolOptions.isSnapping !== control;
}

/**
 * Draws a point to the nearest vertex in reach, else to the nearest edge, else to the picture's border. Nothing hidden,
 * isolated away or in `except` counts. Cost grows with the outlines whose bounds are in reach, not with the picture.
 */
export function snapped(
  editor: Editor,
  point: ImagePoint,
  modifiers: Pick<Modifiers, 'control'>,
  except: ReadonlySet<AnnotationId> = NONE,
): Snapped {
  if (!isSnappingNow(editor, modifiers)) return { at: point, snap: null };
  const reach = editor.session.toolOptions.snapReach / editor.session.camera.scale;
  const near = editor.search({ x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach });
  const shown = near.map(({ item }) => item).filter((one) => isTarget(editor, one) && !except.has(one.id));
  return (
    nearestVertex(editor, shown, point, reach) ??
    nearestEdge(editor, shown, point, reach) ??
    nearestBorder(editor, point, reach) ?? { at: point, snap: null }
  );
}

/** How a snap is shown: a mark where it holds, and the edge that it holds to. */
export function snapPreview({ at, snap }: Snapped): {
  readonly marks: NonNullable<Preview['marks']>;
  readonly lines: NonNullable<Preview['lines']>;
} {
  if (snap === null) return { marks: [], lines: [] };
  return {
    marks: [{ at, kind: 'snap' }],
    lines: snap.edge === null ? [] : [{ kind: 'guide', points: snap.edge, isClosed: false }],
  };
}

/** The outline of an object as it is now, or null when it is gone. Kept with the shape: tracing a mask is not cheap. */
export function ringOf(editor: Editor, place: Pick<RingPlace, 'id' | 'ring'>): OutlineRing | null {
  const shape = editor.document?.annotations.get(place.id)?.shape;
  return shape === undefined ? null : (outlineOf(shape)[place.ring] ?? null);
}

const NONE: ReadonlySet<AnnotationId> = new Set();
const outlines = new WeakMap<Shape, readonly OutlineRing[]>();

function outlineOf(shape: Shape): readonly OutlineRing[] {
  const known = outlines.get(shape);
  if (known !== undefined) return known;
  const outline = behaviourOf(shape).outline(shape);
  outlines.set(shape, outline);
  return outline;
}

function isTarget(editor: Editor, annotation: Annotation): boolean {
  const { isolated } = editor.session;
  if (annotation.isHidden || behaviourOf(annotation.shape).cover === 'none') return false;
  return isolated === null || isolated.has(annotation.id);
}

function nearestVertex(
  editor: Editor,
  shown: readonly Annotation[],
  point: ImagePoint,
  reach: number,
): Snapped | null {
  let found: Snapped | null = null;
  let nearest = reach;
  const offer = (x: number, y: number, place: RingPlace | null) => {
    const away = Math.hypot(x - point.x, y - point.y);
    if (away > nearest || (away === nearest && found !== null) || !isInPicture(editor, x, y)) return;
    nearest = away;
    found = { at: imagePoint(x, y), snap: { kind: 'vertex', place, edge: null } };
  };
  for (const { id, shape } of shown) {
    if (behaviourOf(shape).cover === 'point') {
      for (const { at, away } of behaviourOf(shape).handles(shape)) {
        if (away === undefined) offer(at.x, at.y, null);
      }
      continue;
    }
    // The points of a round outline are where it was sampled, not corners that anyone set.
    if (shape.type === 'ellipse') continue;
    for (const [ring, { points }] of outlineOf(shape).entries()) {
      for (let position = 0; position < points.length; position += 1) {
        const vertex = points[position];
        if (vertex !== undefined) offer(vertex.x, vertex.y, { id, ring, position });
      }
    }
  }
  return found;
}

function nearestEdge(
  editor: Editor,
  shown: readonly Annotation[],
  point: ImagePoint,
  reach: number,
): Snapped | null {
  let found: Snapped | null = null;
  let nearest = reach;
  for (const { id, shape } of shown) {
    for (const [ring, { points, isClosed }] of outlineOf(shape).entries()) {
      const edges = isClosed ? points.length : points.length - 1;
      for (let index = 0; index < edges; index += 1) {
        const from = points[index];
        const to = points[(index + 1) % points.length];
        if (from === undefined || to === undefined) continue;
        const along = alongSegment(point, from, to);
        const at = imagePoint(from.x + along * (to.x - from.x), from.y + along * (to.y - from.y));
        const away = distance(at, point);
        if (away > nearest || (away === nearest && found !== null) || !isInPicture(editor, at.x, at.y))
          continue;
        nearest = away;
        const edge = [imagePoint(from.x, from.y), imagePoint(to.x, to.y)] as const;
        found = { at, snap: { kind: 'edge', place: { id, ring, position: index + along }, edge } };
      }
    }
  }
  return found;
}

/** Both sides at once near a corner. */
function nearestBorder(editor: Editor, point: ImagePoint, reach: number): Snapped | null {
  const size = editor.document?.size;
  if (size === undefined) return null;
  const x = nearestOf(point.x, size.width, reach);
  const y = nearestOf(point.y, size.height, reach);
  if (x === null && y === null) return null;
  const at = imagePoint(x ?? point.x, y ?? point.y);
  // Two sides in reach make a corner that may itself be out of reach; then the nearer side alone holds.
  if (x !== null && y !== null && distance(at, point) > reach) {
    const isX = Math.abs(x - point.x) <= Math.abs(y - point.y);
    return borderSnap(imagePoint(isX ? x : point.x, isX ? point.y : y), isX, size);
  }
  return borderSnap(at, x !== null, size);
}

function borderSnap(
  at: ImagePoint,
  isUpright: boolean,
  size: { readonly width: number; readonly height: number },
): Snapped {
  const edge = isUpright
    ? ([imagePoint(at.x, 0), imagePoint(at.x, size.height)] as const)
    : ([imagePoint(0, at.y), imagePoint(size.width, at.y)] as const);
  return { at, snap: { kind: 'border', place: null, edge } };
}

/** 0 or `length`, whichever is within reach. */
function nearestOf(value: number, length: number, reach: number): number | null {
  const side = value < length / 2 ? 0 : length;
  return Math.abs(value - side) <= reach ? side : null;
}

function alongSegment(
  point: ImagePoint,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return 0;
  return Math.min(Math.max(((point.x - from.x) * dx + (point.y - from.y) * dy) / lengthSquared, 0), 1);
}

function isInPicture(editor: Editor, x: number, y: number): boolean {
  const { width, height } = editor.document?.size ?? { width: 0, height: 0 };
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** Whether two places in image px look like one on screen, so that a click on the one means the other. */
export function isSamePlace(editor: Editor, a: ImagePoint, b: ImagePoint, reachInScreenPx: number): boolean {
  const { camera } = editor.session;
  return distance(screenFromImage(camera, a), screenFromImage(camera, b)) <= reachInScreenPx;
}
