import { judge } from '../../workspace/review/judge';
import type { Command } from '../command';
import { withImageToJudge } from '../conditions';

export const acceptImage: Command = {
  id: 'review.accept',
  label: 'Accept and go on',
  category: 'Image',
  scope: 'review',
  keys: ['Y'],
  isAvailable: withImageToJudge,
  async run({ services, workspace }) {
    if (workspace !== null) await judge(services, workspace, 'accepted');
  },
};
