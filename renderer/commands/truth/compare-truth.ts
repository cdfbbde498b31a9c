import { isPermitted } from '../../../shared/people/permissions';
import type { Command } from '../command';
import { withImage } from '../conditions';

export const compareTruth: Command = {
  id: 'truth.compare',
  label: 'Show or hide the ground truth over the labels',
  category: 'View',
  scope: 'label',
  keys: [],
  isAvailable(context) {
    const open = withImage(context);
    if (open !== true) return open;
    const session = context.services.persistence.session();
    const maySee = session !== null && isPermitted(session.role, 'quality.seeEveryone');
    return maySee || 'Reviewers, leads and admins see the ground truth.';
  },
  async run({ services, workspace }) {
    const state = workspace?.openImage.get();
    if (workspace === null || state?.kind !== 'open') return;
    if (services.editor.session.comparison !== null) return services.editor.setComparison(null);
    // Matching is not read at every start for what is asked now and then.
    const { showTruth } = await import('../../quality/errors/open-with-truth');
    showTruth(services, workspace.project.get().id, state.image.id);
  },
};
