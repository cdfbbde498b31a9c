import type { Command } from '../command';

export const revealLog: Command = {
  id: 'log.reveal',
  label: 'Show the log file',
  category: 'Help',
  scope: 'app',
  keys: [],
  isAvailable: () => true,
  async run({ services }) {
    const result = await services.bridge.invoke('log.reveal', {});
    if (!result.ok) services.toasts.show({ tone: 'error', message: result.error.message });
  },
};
