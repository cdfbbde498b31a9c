import type { Command } from '../command';
import { somebodySignedIn } from '../conditions';

export const signOutPerson: Command = {
  id: 'person.signOut',
  label: 'Sign out or switch person',
  category: 'File',
  scope: 'app',
  keys: [],
  isAvailable: somebodySignedIn,
  async run({ services }) {
    const signedOut = await services.people.signOut();
    if (!signedOut.ok) services.toasts.show({ tone: 'error', message: signedOut.error.message });
  },
};
