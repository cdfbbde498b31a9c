import { mergeIncoming } from '../../shared/imports/conflict-rule';
import { takenImages } from '../../shared/imports/image-lines';
import type { LabelImportPlan } from '../../shared/imports/plan-label-import';
import { ok, type Result } from '../../shared/result/result';
import type { ImportedAnnotation } from '../../shared/schema/imported-annotation';
import type { Services } from '../app/services';
import type { Conflict, ConflictOutcome, LabelProposal } from './label-proposal';
import { takeDataset } from './take-dataset';

/** With more, the look at each annotation would take longer than people wait for a number. */
export const MOST_COMPARED = 200_000;

/** Counts which annotations the images in conflict have already. Reads the files once more; keeps nothing. */
export async function compareConflicts(
  services: Pick<Services, 'bridge' | 'persistence'>,
  proposal: LabelProposal,
  plan: LabelImportPlan,
  conflicts: readonly Conflict[],
  signal: AbortSignal,
): Promise<Result<ConflictOutcome>> {
  const targetByKey = new Map(conflicts.map((conflict) => [conflict.key, conflict.target]));
  let added = 0;
  let duplicates = 0;
  const read = await takeDataset(
    services,
    proposal.request,
    { mapping: { ...plan.mapping, seed: 'compare' }, skip: 0, keys: [...targetByKey.keys()] },
    signal,
    async (batch) => {
      for (const image of takenImages(batch.images)) {
        const target = targetByKey.get(image.key);
        if (target === undefined) continue;
        const set = await services.persistence.annotations.load(target.id);
        // A damaged record cannot be compared; the import itself refuses to touch it and says so.
        if (!set.ok) continue;
        const incoming = (JSON.parse(`[${image.text}]`) as ImportedAnnotation[]).flatMap((one) => {
          const labelId = plan.labelIds[one.label];
          return labelId === undefined ? [] : [{ labelId, shape: one.shape }];
        });
        const merged = mergeIncoming(set.value.annotations, incoming, 'addNew', image.isConfirmedEmpty);
        added += merged.added.length;
        duplicates += merged.duplicates;
      }
      return ok(null);
    },
  );
  return read.ok ? ok({ added, removed: 0, duplicates }) : read;
}
