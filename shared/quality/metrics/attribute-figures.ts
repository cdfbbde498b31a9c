import type { AttributeValue } from '../../schema/label-schema';
import { type ConfusionMatrix, confusionMatrix } from './confusion-matrix';
import type { AttributeCell } from './match-contribution';

/** How well one attribute is answered, over pairs of objects of the same label of which either has a value. */
export interface AttributeFigures {
  readonly attributeId: string;
  readonly compared: number;
  readonly equal: number;
  /** equal / compared. */
  readonly accuracy: number;
  readonly confusion: ConfusionMatrix<AttributeValue>;
}

/** In the order of the attributes' ids. */
export function figuresByAttribute(cells: readonly AttributeCell[]): readonly AttributeFigures[] {
  const byAttribute = new Map<string, AttributeCell[]>();
  for (const cell of cells) {
    const own = byAttribute.get(cell.attributeId);
    if (own === undefined) byAttribute.set(cell.attributeId, [cell]);
    else own.push(cell);
  }
  return [...byAttribute.keys()].sort().map((attributeId) => {
    const own = byAttribute.get(attributeId) ?? [];
    let compared = 0;
    let equal = 0;
    for (const { reference, candidate, count } of own) {
      compared += count;
      if (reference === candidate) equal += count;
    }
    return { attributeId, compared, equal, accuracy: equal / compared, confusion: confusionMatrix(own) };
  });
}
