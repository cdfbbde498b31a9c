import { makeGroundTruth } from '../../quality/make-ground-truth';
import type { Command } from '../command';
import { withImage } from '../conditions';
import { mayEditTruth } from '../may-edit-truth';

export const makeTruth: Command = {
  id: 'truth.make',
  label: 'Use as ground truth',
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
    const settled = await services.editor.settled();
    if (settled.ok) await makeGroundTruth(services, workspace.project.get().id, [state.image.id]);
  },
};
