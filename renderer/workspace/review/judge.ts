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
  const handedIn = workspace.review.review.get()?.submitted?.seen.hash;
  const isMended = handedIn !== undefined && handedIn !== seen.value.hash;
  if (verdict === 'fixed' && !isMended) {
    return void services.toasts.show({
      message: 'Nothing was changed since it was handed in. Mend it first, or accept it as it is.',
    });
  }
  // What was accepted is what is there now, so that nobody is credited with what somebody else mended.
  const said = verdict === 'accepted' && isMended ? 'fixed' : verdict;
  const { label, message } = DONE[said];
  const isDone = await workspace.review.act(
    [{ kind: 'judged', verdict: said, seen: seen.value, note }],
    { code: `review.${said}`, label },
    message,
  );
  const { list, index } = workspace.rail.get();
  if (isDone && list !== null && index + 1 < list.total) await workspace.step(1);
}
