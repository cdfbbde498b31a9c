import type { Services } from '../../app/services';
import { personKey } from '../../persistence/review-marks';
import type { Workspace } from '../workspace';
import { readProposal } from './proposal-content';

type Reach = Pick<Services, 'editor' | 'persistence' | 'toasts'>;

/** Opens a proposal of the open image to draw in: one that was begun and not proposed yet, else a new one. */
export async function beginSuggestion(services: Reach, workspace: Workspace): Promise<void> {
  const { persistence, toasts, editor } = services;
  const state = workspace.openImage.get();
  const review = workspace.review.review.get();
  const session = persistence.session();
  if (state.kind !== 'open' || review === null || session === null) return;
  const imageId = state.image.id;
  const settled = await editor.settled();
  if (!settled.ok) return void toasts.show({ tone: 'error', message: settled.error.message });
  const { id: projectId } = workspace.project.get();
  const ownerKey = personKey({ id: session.personId, name: session.name });
  const own = await persistence.layers.list(projectId, { imageId, purpose: 'proposal', ownerKey });
  const begun = own.ok
    ? own.value.find(({ id }) => !review.proposals.some(({ layerId }) => layerId === id))
    : undefined;
  if (begun !== undefined) return workspace.showSet(begun.id, 'proposal');
  const made = await persistence.layers.create(projectId, [{ imageId, purpose: 'proposal', from: 'image' }], {
    code: 'proposal.begin',
    label: 'Begin a suggestion',
  });
  if (!made.ok) return void toasts.show({ tone: 'error', message: made.error.message });
  const [layer] = made.value;
  if (layer !== undefined) await workspace.showSet(layer.id, 'proposal');
}

/** Hands the suggestion that is open to whoever labels the image. */
export async function proposeSuggestion(services: Reach, workspace: Workspace, note: string): Promise<void> {
  const { editor, toasts, persistence } = services;
  const layerId = editor.document?.imageId;
  if (layerId === undefined || workspace.shownSet.get() !== 'proposal') return;
  const settled = await editor.settled();
  if (!settled.ok) return void toasts.show({ tone: 'error', message: settled.error.message });
  const content = await readProposal(services, layerId);
  if (!content.ok) return void toasts.show({ tone: 'error', message: content.error.message });
  const { added, changed, removed } = content.value.differences;
  if (added.length + changed.length + removed.length === 0) {
    return void toasts.show({ message: 'Nothing is suggested yet. Change the labels as they should be.' });
  }
  const isDone = await workspace.review.act(
    [{ kind: 'proposed', layerId, note }],
    { code: 'review.propose', label: 'Propose a fix' },
    'Proposed. Whoever labels the image can take it over.',
  );
  if (!isDone) return;
  await persistence.layers.setSubmitted(layerId, true);
  await workspace.showSet(null);
}

/** Leaves the suggestion that is open and takes it away. */
export async function discardSuggestion(services: Reach, workspace: Workspace): Promise<void> {
  const { editor, persistence, toasts } = services;
  const layerId = editor.document?.imageId;
  if (layerId === undefined || workspace.shownSet.get() !== 'proposal') return;
  await workspace.showSet(null);
  const removed = await persistence.layers.remove(workspace.project.get().id, [layerId], {
    code: 'proposal.discard',
    label: 'Discard a suggestion',
  });
  toasts.show(
    removed.ok ? { message: 'Suggestion discarded.' } : { tone: 'error', message: removed.error.message },
  );
}
