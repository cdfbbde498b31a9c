import {
  type AnnotationDifferences,
  annotationDifferences,
} from '../../../shared/document/annotation-differences';
import { hashOfAnnotations } from '../../../shared/document/hash';
import { ok, type Result } from '../../../shared/result/result';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import type { Services } from '../../app/services';
import type { Comparison } from '../../editor/comparison';

/** A proposal, with what it was begun from. */
export interface ProposalContent {
  readonly base: readonly Annotation[];
  readonly proposed: readonly Annotation[];
  readonly differences: AnnotationDifferences;
}

/** More edits of one proposal than anybody makes; its first line is wanted. */
const MOST_LINES = 100_000;

/** What a layer was begun with is its first line in the journal, and has the hash that the layer names as its base. */
export async function readProposal(
  { persistence }: Pick<Services, 'persistence'>,
  layerId: ImageId,
): Promise<Result<ProposalContent>> {
  const [layer, set, lines] = await Promise.all([
    persistence.layers.get(layerId),
    persistence.annotations.load(layerId),
    persistence.journal.history(layerId, MOST_LINES),
  ]);
  if (!layer.ok) return layer;
  if (!set.ok) return set;
  const first = lines.at(-1)?.body;
  const begun = first?.kind === 'annotations' ? first.added : [];
  const base = hashOfAnnotations(begun) === layer.value.base?.hash ? begun : [];
  const proposed = set.value.annotations;
  return ok({ base, proposed, differences: annotationDifferences(base, proposed) });
}

/** The differences as ghosts over the picture's own labels. */
export function comparisonOf(title: string, { added, changed, removed }: AnnotationDifferences): Comparison {
  return {
    title,
    items: [
      ...removed.map((annotation) => ({ annotation, as: 'removed' as const })),
      ...changed.map(([, annotation]) => ({ annotation, as: 'changed' as const })),
      ...added.map((annotation) => ({ annotation, as: 'added' as const })),
    ],
  };
}
