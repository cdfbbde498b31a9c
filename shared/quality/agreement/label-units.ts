import type { ComparableObject } from '../matching/comparable-object';
import type { ObjectCluster } from './cluster-objects';

/** A picture that several annotators were given, and what they meant by the same things in it. */
export interface AnnotatedImage<T> {
  /** Who looked at it, also those who drew nothing. */
  readonly annotators: readonly string[];
  readonly clusters: readonly ObjectCluster<T>[];
}

/** The answer of an annotator who drew nothing where somebody else drew something. */
export const NO_OBJECT = '';

/**
 * Units and values for `krippendorffAlpha`, nominal: every thing that somebody drew is a unit, and everybody who looked
 * gives it a label or none (Nassar et al. 2019, "Assessing data quality of annotations with Krippendorff alpha for
 * applications in computer vision", arXiv:1912.10107).
 */
export function labelUnits<T extends ComparableObject>(
  images: readonly AnnotatedImage<T>[],
): readonly (readonly string[])[] {
  return images.flatMap(({ annotators, clusters }) =>
    clusters.map(({ members }) => [
      ...members.map(({ object }) => object.labelId),
      ...new Array<string>(annotators.length - members.length).fill(NO_OBJECT),
    ]),
  );
}

/**
 * The table for `cohenKappa` of two annotators' labels over the things of pictures that both were given: rows the first
 * one's, columns the second's, nothing last. What neither saw is unknown, so it counts in no cell.
 */
export function labelTable<T extends ComparableObject>(
  images: readonly AnnotatedImage<T>[],
  first: string,
  second: string,
): { readonly labels: readonly string[]; readonly table: readonly (readonly number[])[] } {
  const answers = images
    .filter(({ annotators }) => annotators.includes(first) && annotators.includes(second))
    .flatMap(({ clusters }) =>
      clusters.map(({ members }) => {
        const by = (name: string) =>
          members.find(({ annotator }) => annotator === name)?.object.labelId ?? NO_OBJECT;
        return [by(first), by(second)] as const;
      }),
    )
    .filter(([one, other]) => one !== NO_OBJECT || other !== NO_OBJECT);
  const labels = [...new Set(answers.flat())].filter((label) => label !== NO_OBJECT).sort();
  const places = new Map([...labels, NO_OBJECT].map((label, index) => [label, index]));
  const table = [...places].map(() => [...places].map(() => 0));
  for (const [one, other] of answers) {
    const row = table[places.get(one) ?? -1];
    const column = places.get(other);
    if (row !== undefined && column !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { labels: [...labels, NO_OBJECT], table };
}
