import type { Annotation } from '../schema/annotation';
import { canonicalJson } from './canonical-json';

/** How a second set of the same objects differs from a first, by the ids of objects. */
export interface AnnotationDifferences {
  readonly added: readonly Annotation[];
  readonly removed: readonly Annotation[];
  readonly changed: readonly (readonly [before: Annotation, after: Annotation])[];
}

/**
 * What `after` has that `before` has not, and so on; each list in the drawing order of the set that it comes from.
 * Who touched an object and when is no difference. O(objects).
 */
export function annotationDifferences(
  before: Iterable<Annotation>,
  after: Iterable<Annotation>,
): AnnotationDifferences {
  const old = new Map([...before].map((annotation) => [annotation.id, annotation]));
  const added: Annotation[] = [];
  const changed: [Annotation, Annotation][] = [];
  const kept = new Set<string>();
  for (const annotation of after) {
    const earlier = old.get(annotation.id);
    if (earlier === undefined) {
      added.push(annotation);
      continue;
    }
    kept.add(annotation.id);
    if (!isSameObject(earlier, annotation)) changed.push([earlier, annotation]);
  }
  return { added, removed: [...old.values()].filter(({ id }) => !kept.has(id)), changed };
}

/** Whether two records say the same of an object, whoever touched it and when. */
export function isSameObject(a: Annotation, b: Annotation): boolean {
  return a === b || canonicalJson(withoutTouch(a)) === canonicalJson(withoutTouch(b));
}

function withoutTouch({ revision: _, updatedAt: __, ...rest }: Annotation): object {
  return rest;
}
