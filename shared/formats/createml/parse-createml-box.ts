import type { BoxShape } from '../../schema/shapes';
import type { Attributes } from '../format';
import { boxFromCorner } from '../parts/box-from-edges';
import { attributesFrom, isRecord, numberFrom } from '../parts/json/json-values';
import { scoreFrom } from '../parts/records/annotation-record';
import { labelNameFrom } from '../parts/records/label-record';

export interface CreatemlBox {
  readonly className: string;
  readonly shape: BoxShape;
  readonly attributes: Attributes;
  readonly score: number | null;
}

export interface CreatemlFault {
  readonly code: string;
  /** Ends a sentence about the annotation. */
  readonly reason: string;
}

/**
 * `{label, coordinates: {x, y, width, height}}` with the CENTRE of the box, in image px. Other fields of text, number or
 * yes and no are its attributes, `confidence` its score.
 *
 * @param onDropped hears the names of fields that are none of these.
 */
export function parseCreatemlBox(
  value: unknown,
  onDropped: (name: string) => void,
): CreatemlBox | CreatemlFault {
  if (!isRecord(value)) return { code: 'createml-bad-annotation', reason: 'is not an object' };
  const { label, coordinates, confidence, ...others } = value;
  const className = labelNameFrom(label);
  if (className === null) return { code: 'createml-bad-annotation', reason: 'has no "label"' };
  if (!isRecord(coordinates))
    return { code: 'createml-bad-box', reason: 'has no "coordinates" with x, y, width and height' };
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((side) => numberFrom(coordinates[side]));
  if (x == null || y == null || width == null || height == null)
    return { code: 'createml-bad-box', reason: 'has "coordinates" that are not four numbers' };
  const shape = boxFromCorner(x - width / 2, y - height / 2, width, height);
  if (shape === null)
    return {
      code: 'createml-bad-box',
      reason: 'has a box without width or height, or far outside of every picture',
    };
  const score = scoreFrom(confidence);
  const kept = score === null && confidence !== undefined ? { ...others, confidence } : others;
  return { className, shape, attributes: attributesFrom(kept, onDropped), score };
}
