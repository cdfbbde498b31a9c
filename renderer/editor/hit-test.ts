import type { ImagePoint } from '../../shared/geometry/point';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import type { Session } from './editor';
import type { OpenDocument } from './open-document';
import { isShown } from './shown';

interface Candidate {
  readonly annotation: Annotation;
  readonly isOnOutline: boolean;
  readonly area: number;
}

/**
 * The annotation that a person means by a point: one whose outline is within reach before one that only holds the
 * point, then the smallest, then the topmost. So a small box inside a large one can be taken, and a large one by its
 * edge. Runs on every pointer move: O(log n) candidates from the R-tree, then exact tests on those under the point.
 */
export function hitTest(
  document: OpenDocument,
  session: Pick<Session, 'isolated'>,
  point: ImagePoint,
  toleranceInImagePx: number,
): AnnotationId | null {
  let best: Candidate | null = null;
  for (const { item } of document.index.search(around(point, toleranceInImagePx))) {
    const candidate = candidateAt(session, item, point, toleranceInImagePx);
    if (candidate === null) continue;
    if (best === null || compareMeant(document, candidate, best) < 0) best = candidate;
  }
  return best?.annotation.id ?? null;
}

/** Everything under a point, what is meant most first: what `hitTest` gives, then what lies below it. */
export function hitStack(
  document: OpenDocument,
  session: Pick<Session, 'isolated'>,
  point: ImagePoint,
  toleranceInImagePx: number,
): readonly AnnotationId[] {
  return document.index
    .search(around(point, toleranceInImagePx))
    .flatMap(({ item }) => candidateAt(session, item, point, toleranceInImagePx) ?? [])
    .sort((a, b) => compareMeant(document, a, b))
    .map(({ annotation }) => annotation.id);
}

function around({ x, y }: ImagePoint, reach: number) {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

function candidateAt(
  session: Pick<Session, 'isolated'>,
  annotation: Annotation,
  point: ImagePoint,
  reach: number,
): Candidate | null {
  if (!isShown(session, annotation)) return null;
  const { shape } = annotation;
  const behaviour = behaviourOf(shape);
  const isOnOutline = behaviour.distanceToOutline(shape, point) <= reach;
  if (!isOnOutline && !behaviour.contains(shape, point)) return null;
  return { annotation, isOnOutline, area: areaOf(annotation) };
}

/** Areas of shapes of many vertices or pixels are added up once; a shape never changes. */
const areas = new WeakMap<Annotation['shape'], number>();

function areaOf({ shape }: Annotation): number {
  if (shape.type === 'box') return shape.width * shape.height;
  const known = areas.get(shape);
  if (known !== undefined) return known;
  const area = behaviourOf(shape).area(shape);
  areas.set(shape, area);
  return area;
}

/** Negative when `a` is meant before `b`. */
function compareMeant(document: OpenDocument, a: Candidate, b: Candidate): number {
  if (a.isOnOutline !== b.isOnOutline) return a.isOnOutline ? -1 : 1;
  if (a.area !== b.area) return a.area - b.area;
  return document.orderOf(b.annotation.id) - document.orderOf(a.annotation.id);
}
