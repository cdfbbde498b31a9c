import { hashOfAnnotations } from '../../../shared/document/hash';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { SeenAnnotations } from '../../../shared/schema/review';
import type { Services } from '../../app/services';

/**
 * What whoever looks at the canvas has seen, once it is stored: revision, number and hash of the set on screen, as they
 * were read back. Refused with `record.conflict` when the store holds something else than the screen (it was changed
 * from another window): nobody has seen that.
 */
export async function seenAnnotations({
  editor,
  persistence,
}: Pick<Services, 'editor' | 'persistence'>): Promise<Result<SeenAnnotations>> {
  const settled = await editor.settled();
  if (!settled.ok) return settled;
  const { document } = editor;
  if (document === null) return err(appError('usage.bad-arguments', 'Open an image first.'));
  const receipt = await persistence.annotations.receipt(document.imageId);
  if (!receipt.ok) return receipt;
  const { revision, count, hash } = receipt.value;
  if (hash !== hashOfAnnotations(document.annotations.values())) {
    return err(
      appError(
        'record.conflict',
        'The labels changed since you looked at them. Open the picture again and look, then decide.',
      ),
    );
  }
  return ok({ revision, count, hash });
}
