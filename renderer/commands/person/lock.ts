import type { Command } from '../command';
import { somebodySignedIn } from '../conditions';

export const lockPerson: Command = {
  id: 'person.lock',
  label: 'Lock',
  category: 'File',
  scope: 'app',
  keys: ['Mod+Shift+L'],
  isAvailable: somebodySignedIn,
  async run({ services }) {
    const locked = await services.people.lock();
    if (!locked.ok) services.toasts.show({ tone: 'error', message: locked.error.message });
  },
};
