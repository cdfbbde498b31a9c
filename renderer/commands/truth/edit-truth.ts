import type { Command } from '../command';
import { withImage } from '../conditions';
import { mayEditTruth } from '../may-edit-truth';

export const editTruth: Command = {
  id: 'truth.edit',
  label: 'Edit the ground truth, or go back to the labels',
  category: 'Image',
  scope: 'label',
  keys: [],
  isAvailable(context) {
    const open = withImage(context);
    return open === true ? mayEditTruth(context) : open;
  },
  async run({ services, workspace }) {
    const state = workspace?.openImage.get();
    if (workspace === null || state?.kind !== 'open') return;
    if (workspace.shownSet.get() === 'groundTruth') return workspace.showSet(null);
    const layers = await services.persistence.layers.list(workspace.project.get().id, {
      imageId: state.image.id,
      purpose: 'groundTruth',
    });
    if (!layers.ok) return void services.toasts.show({ tone: 'error', message: layers.error.message });
    const newest = [...layers.value].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
    if (newest === undefined) {
      services.toasts.show({
        message: 'This image has no ground truth. “Use as ground truth” makes it from the labels.',
      });
      return;
    }
    await workspace.showSet(newest.id);
  },
};
