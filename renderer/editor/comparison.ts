import type { Annotation } from '../../shared/schema/annotation';

/**
 * What an object of the other side is, seen from the picture's own: it is only there (`added`), it is here and not
 * there (`removed`), both have it in another form (`changed`), or the other side merely shows it (`other`).
 */
export const COMPARED_AS = ['added', 'removed', 'changed', 'other'] as const;
export type ComparedAs = (typeof COMPARED_AS)[number];

/** A second set of annotations drawn over the picture's own: it can be neither hit nor edited. */
export interface Comparison {
  /** Whose it is, for people: `Ground truth`, `Mira's proposal`. */
  readonly title: string;
  readonly items: readonly { readonly annotation: Annotation; readonly as: ComparedAs }[];
}
