import type { AppError } from '../../shared/result/app-error';
import { demand, type PersistenceContext } from './context';
import { Refusal } from './database-error';
import { demandOf } from './layer-repository';
import type { StoredImage, StoredReview } from './stored-records';

/**
 * Throws a refusal when who works may not change these annotations now: what was handed in stays as it was for
 * labellers, and answers belong to who gave them.
 */
export function demandEdit(
  context: PersistenceContext,
  owner: StoredImage,
  review: StoredReview | undefined,
): void {
  if (owner.layer !== undefined) {
    demandOf(context, owner.layer);
    return;
  }
  const isHandedIn = review !== undefined && review.stage !== 'annotation';
  demand(context, isHandedIn ? 'annotation.editSubmitted' : 'annotation.edit');
}

/** As `demandEdit`, as a value: of many images some may be refused. */
export function reasonAgainstEdit(
  context: PersistenceContext,
  owner: StoredImage,
  review: StoredReview | undefined,
): AppError | null {
  try {
    demandEdit(context, owner, review);
    return null;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.reason;
    throw thrown;
  }
}
