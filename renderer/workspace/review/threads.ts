import type { Thread } from '../../../shared/review/fold-review';
import type { Services } from '../../app/services';
import type { Workspace } from '../workspace';

type OpenReviewOf = Pick<Workspace, 'review'>;

/** The thread whose pin is chosen; null when none is. */
export function chosenThread({ editor }: Pick<Services, 'editor'>, { review }: OpenReviewOf): Thread | null {
  const { chosenPin } = editor.session;
  return review.review.get()?.threads.find(({ id }) => id === chosenPin) ?? null;
}

export async function toggleResolved({ review }: OpenReviewOf, thread: Thread): Promise<void> {
  const isResolved = thread.resolved !== null;
  await review.act(
    [{ kind: isResolved ? 'threadReopened' : 'threadResolved', threadId: thread.id }],
    isResolved
      ? { code: 'review.reopenThread', label: 'Reopen a thread' }
      : { code: 'review.resolveThread', label: 'Resolve a thread' },
    null,
  );
}

export async function reply({ review }: OpenReviewOf, thread: Thread, text: string): Promise<boolean> {
  return review.act(
    [{ kind: 'commented', threadId: thread.id, text }],
    { code: 'review.reply', label: 'Reply in a thread' },
    null,
  );
}
