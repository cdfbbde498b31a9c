import { SHAPE_TYPES, type ShapeType } from '../../schema/shapes';
import type { Fidelity, FidelityTable } from '../format';

const NOTHING: FidelityTable = {
  shapes: shapesKept({}),
  attributes: 'dropped',
  isCrowd: 'dropped',
  score: 'dropped',
  groups: 'dropped',
  tracks: 'dropped',
  notes: 'dropped',
  emptyImages: 'dropped',
  imageAttributes: 'dropped',
  frames: 'dropped',
  splits: 'dropped',
  classIndex: 'dropped',
  unusedLabels: 'dropped',
  coordinateErrorInImagePx: 0,
  remarks: [],
};

/** A fidelity table by what a format keeps; all that is not named is dropped. */
export function fidelityTable(
  kept: Partial<Omit<FidelityTable, 'shapes'>> & { readonly shapes: Partial<Record<ShapeType, Fidelity>> },
): FidelityTable {
  return { ...NOTHING, ...kept, shapes: shapesKept(kept.shapes) };
}

function shapesKept(kept: Partial<Record<ShapeType, Fidelity>>): Record<ShapeType, Fidelity> {
  return Object.fromEntries(SHAPE_TYPES.map((type) => [type, kept[type] ?? 'dropped'])) as Record<
    ShapeType,
    Fidelity
  >;
}
