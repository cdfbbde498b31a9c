import { judge } from '../../workspace/review/judge';
import type { Command } from '../command';
import { withImageToJudge } from '../conditions';

export const acceptWithFix: Command = {
  id: 'review.fix',
  label: 'Accept with what you mended and go on',
  category: 'Image',
  scope: 'review',
  keys: ['M'],
  isAvailable: withImageToJudge,
  async run({ services, workspace }) {
    if (workspace !== null) await judge(services, workspace, 'fixed');
  },
};
