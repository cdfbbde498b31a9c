import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const showNextUnlabelledImage: Command = {
  id: 'image.nextUnlabelled',
  label: 'Next unlabelled image',
  category: 'Go',
  scope: 'label',
  keys: ['N'],
  isAvailable: onLabelScreen,
  async run({ services, workspace }) {
    if (workspace === null) return;
    const found = await workspace.goToNextWithState('unlabelled');
    if (!found) services.toasts.show({ message: 'No unlabelled image in this list.' });
  },
};
