import { SHAPE_TYPES, type ShapeType } from '../../schema/shapes';
import type { Fidelity, FidelityTable } from '../format';

/** What a format keeps that writes the app's own records: all of it. */
export const everythingExact = {
  shapes: Object.fromEntries(SHAPE_TYPES.map((type) => [type, 'exact'])) as Record<ShapeType, Fidelity>,
  attributes: 'exact',
  isCrowd: 'exact',
  score: 'exact',
  groups: 'exact',
  tracks: 'exact',
  notes: 'exact',
  emptyImages: 'exact',
  imageAttributes: 'exact',
  frames: 'exact',
  splits: 'exact',
  classIndex: 'exact',
  unusedLabels: 'exact',
} as const satisfies Partial<FidelityTable>;
