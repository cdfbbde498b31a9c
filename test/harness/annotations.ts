import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, LabelId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { CAR } from './label-schema';

/** The n-th of a series of ids that are UUIDs and the same in every run. */
export function testId(n: number): string {
  return `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
}

/** A source of ids that counts. */
export function countingIds(from = 1): () => string {
  let next = from;
  return () => testId(next++);
}

export function annotation(n: number, shape: Shape, fields: Partial<Annotation> = {}): Annotation {
  return {
    id: testId(n) as AnnotationId,
    labelId: CAR.id as LabelId,
    shape,
    attributes: {},
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'tester',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    revision: 0,
    ...fields,
  };
}

export function boxAt(x: number, y: number, width: number, height: number): Shape {
  return { type: 'box', x, y, width, height };
}
