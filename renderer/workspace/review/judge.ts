import type { Verdict } from '../../../shared/schema/review';
import type { Services } from '../../app/services';
import type { Workspace } from '../workspace';
import { seenAnnotations } from './seen-annotations';

const DONE: Readonly<Record<Verdict, { readonly label: string; readonly message: string }>> = {
  accepted: { label: 'Accept', message: 'Accepted.' },
  fixed: { label: 'Accept with a fix', message: 'Accepted with a fix.' },
  rejected: { label: 'Give back', message: 'Given back.' },
};

/** Says a verdict on what is on screen and goes on to the next image of the queue. Undo is in the toast. */
export async function judge(
  services: Pick<Services, 'editor' | 'persistence' | 'toasts'>,
  workspace: Workspace,
  verdict: Verdict,
  note = '',
): Promise<void> {
  const seen = await seenAnnotations(services);
  if (!seen.ok) return void services.toasts.show({ message: seen.error.message });
  const { label, message } = DONE[verdict];
  const isDone = await workspace.review.act(
    [{ kind: 'judged', verdict, seen: seen.value, note }],
    { code: `review.${verdict}`, label },
    message,
  );
  const { list, index } = workspace.rail.get();
  if (isDone && list !== null && index + 1 < list.total) await workspace.step(1);
}

/** Hands the open image in for review; what was drawn is stored before. Nothing where the project is not reviewed. */
export async function handIn(
  services: Pick<Services, 'editor' | 'persistence' | 'toasts'>,
  workspace: Workspace,
): Promise<void> {
  const { review, policy } = workspace.review;
  const open = workspace.openImage.get();
  // An answer that stands for the image is handed in by its own word.
  const isOwnSet = open.kind === 'open' && services.editor.document?.imageId === open.image.id;
  if (!policy.get().isReviewed || !isOwnSet || review.get()?.stage !== 'annotation') return;
  const seen = await seenAnnotations(services);
  if (!seen.ok) return void services.toasts.show({ message: seen.error.message });
  await workspace.review.act(
    [{ kind: 'submitted', seen: seen.value }],
    { code: 'review.submit', label: 'Hand in' },
    'Handed in for review.',
  );
}
