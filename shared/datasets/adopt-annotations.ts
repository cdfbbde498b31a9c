import { canonicalJson } from '../document/canonical-json';
import { derivedId } from '../document/derived-id';
import type { DatasetAnnotation } from '../formats/format';
import { matchAnnotations } from '../quality/match-annotations';
import type { Annotation } from '../schema/annotation';
import type { AnnotationId, ImageId, Timestamp } from '../schema/ids';

/** What a dataset's files say of one object; who made it and when they do not say. Absent parts are those they are silent on. */
export type IncomingAnnotation = Pick<
  Annotation,
  | 'labelId'
  | 'shape'
  | 'attributes'
  | 'isOccluded'
  | 'isTruncated'
  | 'isCrowd'
  | 'score'
  | 'groupId'
  | 'trackId'
  | 'isKeyframe'
  | 'isOutside'
  | 'note'
>;

/**
 * Gives the objects of an image that is published again the identity they had in the last version, so that a difference can
 * say "moved" and "relabelled": the same object unchanged keeps its record whole, a changed one its id, and its revision
 * rises; new ones get an id from what they are. Publishing unchanged files again therefore changes nothing. What files are
 * silent on (a note, where a format has none) stays as it was.
 */
export function adoptAnnotations(
  previous: readonly Annotation[],
  incoming: readonly IncomingAnnotation[],
  context: { readonly imageId: ImageId; readonly author: string; readonly at: Timestamp },
): readonly Annotation[] {
  const asDataset = (one: IncomingAnnotation): DatasetAnnotation => ({
    imageKey: '',
    classIndex: 0,
    shape: one.shape,
    isCrowd: one.isCrowd,
    attributes: {},
    score: null,
  });
  // Labels are told apart by their place in this list: matching only asks whether two are the same.
  const labelIds = [...new Set([...previous, ...incoming].map((one) => one.labelId))];
  const numbered = (one: IncomingAnnotation) => ({
    ...asDataset(one),
    classIndex: labelIds.indexOf(one.labelId),
  });
  const before = new Map(previous.map((one) => [numbered(one), one]));
  const after = new Map(incoming.map((one) => [numbered(one), one]));
  const { pairs } = matchAnnotations([...before.keys()], [...after.keys()], {
    toleranceOf: () => 0,
    labelOfA: String,
    labelOfB: String,
  });
  const previousOf = new Map<IncomingAnnotation, Annotation>();
  for (const { a, b } of pairs) {
    const [old, fresh] = [before.get(a), after.get(b)];
    if (old !== undefined && fresh !== undefined) previousOf.set(fresh, old);
  }

  const taken = new Set<string>([...previousOf.values()].map((one) => one.id));
  return incoming.map((one) => {
    const old = previousOf.get(one);
    if (old !== undefined) {
      const next = { ...old, ...one };
      if (contentOf(next) === contentOf(old)) return old;
      return { ...next, updatedAt: context.at, revision: old.revision + 1 };
    }
    let id = '';
    for (let copy = 0; id === '' || taken.has(id); copy += 1) {
      id = derivedId(context.imageId, 'annotation', contentOf(one), String(copy));
    }
    taken.add(id);
    return {
      ...one,
      id: id as AnnotationId,
      isLocked: false,
      isHidden: false,
      origin: 'import',
      createdBy: context.author,
      createdAt: context.at,
      updatedAt: context.at,
      revision: 0,
    };
  });
}

function contentOf(one: IncomingAnnotation): string {
  const { labelId, shape, attributes, isOccluded, isTruncated, isCrowd, score } = one;
  const { groupId, trackId, isKeyframe, isOutside, note } = one;
  const flags = { isOccluded, isTruncated, isCrowd };
  // What is absent is left out of the text, so ids of objects without these stay what they were.
  return canonicalJson({
    labelId,
    shape,
    attributes,
    ...flags,
    score,
    groupId,
    trackId,
    isKeyframe,
    isOutside,
    note,
  });
}
