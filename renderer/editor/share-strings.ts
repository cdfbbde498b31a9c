import type { Annotation } from '../../shared/schema/annotation';
import { SHAPE_TYPES } from '../../shared/schema/shapes';

/**
 * The same annotations with one string for each shape type and label id. Records from a database bring a copy of these
 * with every object; looking ten thousand copies up in a table costs more a frame than drawing does. O(n), once.
 */
export function shareStrings(annotations: readonly Annotation[]): Annotation[] {
  const labelIds = new Map<Annotation['labelId'], Annotation['labelId']>();
  const shared = (labelId: Annotation['labelId']) => {
    const known = labelIds.get(labelId);
    if (known !== undefined) return known;
    labelIds.set(labelId, labelId);
    return labelId;
  };
  return annotations.map((annotation) => {
    const { shape } = annotation;
    const type = SHAPE_TYPES.find((candidate) => candidate === shape.type);
    // The type is the same text, so the shape stays of its kind; TypeScript cannot follow through the look-up.
    const sharedShape = { ...shape, type } as Annotation['shape'];
    return { ...annotation, labelId: shared(annotation.labelId), shape: sharedShape };
  });
}
