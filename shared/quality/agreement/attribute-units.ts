import type { AttributeValue } from '../../schema/label-schema';
import type { ComparableObject } from '../matching/comparable-object';
import type { AnnotatedImage } from './label-units';

/** The answer of an annotator who drew the object and gave the attribute no value. */
export const NO_VALUE = '';

/**
 * Units and values for `krippendorffAlpha` of one attribute: every thing of which somebody gave it a value is a unit, and
 * those who drew it give it theirs or none. Who did not draw it has no answer, and is missing.
 */
export function attributeUnits<T extends ComparableObject>(
  images: readonly AnnotatedImage<T>[],
  attributeId: string,
): readonly (readonly AttributeValue[])[] {
  return images
    .flatMap(({ clusters }) => clusters)
    .filter(({ members }) => members.some(({ object }) => object.attributes[attributeId] !== undefined))
    .map(({ members }) => members.map(({ object }) => object.attributes[attributeId] ?? NO_VALUE));
}
