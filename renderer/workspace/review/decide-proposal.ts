import { applyProposal } from '../../../shared/actions/apply-proposal';
import type { Proposal } from '../../../shared/review/fold-review';
import type { Services } from '../../app/services';
import type { Workspace } from '../workspace';
import { comparisonOf, readProposal } from './proposal-content';

type Reach = Pick<Services, 'editor' | 'persistence' | 'toasts'>;

/** The oldest proposal for the open image that nobody decided about. */
export function openProposal(workspace: Pick<Workspace, 'review'>): Proposal | undefined {
  return workspace.review.review.get()?.proposals.find(({ decision }) => decision === null);
}

/** Takes a proposal over as one change of the image, which undo takes back like any other. */
export async function acceptProposal(
  services: Reach,
  workspace: Workspace,
  { layerId, by }: Proposal,
): Promise<void> {
  const { editor, toasts } = services;
  const content = await readProposal(services, layerId);
  if (!content.ok) return void toasts.show({ tone: 'error', message: content.error.message });
  const { base, proposed } = content.value;
  const change = editor.tryAction(applyProposal, { base, proposed });
  const isHereAlready = !change.ok && change.error.code === 'usage.bad-arguments';
  if (!change.ok && !isHereAlready) return void toasts.show({ message: change.error.message });
  if (editor.session.readOnlyReason !== null)
    return void toasts.show({ message: editor.session.readOnlyReason });
  if (change.ok) editor.commit(change.value);
  editor.setComparison(null);
  const saved = await editor.settled();
  if (!saved.ok) return;
  await workspace.review.act(
    [{ kind: 'proposalDecided', layerId, decision: 'accepted', note: '' }],
    { code: 'review.acceptProposal', label: `Take over the proposal of ${by.name}` },
    `Took over the proposal of ${by.name}. Undo of the image takes the labels back.`,
  );
}

export async function refuseProposal(workspace: Workspace, { layerId, by }: Proposal, note: string) {
  await workspace.review.act(
    [{ kind: 'proposalDecided', layerId, decision: 'refused', note }],
    { code: 'review.refuseProposal', label: `Refuse the proposal of ${by.name}` },
    `Refused the proposal of ${by.name}.`,
  );
}

/** Shows what a proposal would change over the labels as they are, or no longer. */
export async function toggleComparison(services: Reach, { layerId, by }: Proposal): Promise<void> {
  const { editor, toasts } = services;
  if (editor.session.comparison !== null) return editor.setComparison(null);
  const content = await readProposal(services, layerId);
  if (!content.ok) return void toasts.show({ tone: 'error', message: content.error.message });
  editor.setComparison(comparisonOf(`Proposal of ${by.name}`, content.value.differences));
}
