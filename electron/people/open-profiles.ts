import fs from 'node:fs/promises';
import type { SessionState } from '../../shared/ipc/channels/people';
import type { Installation } from './installation';
import { type Profile, readProfileFile, writeProfileFile } from './profile-file';

export type ProfilesProblem = NonNullable<SessionState['problem']>;

export interface OpenedProfiles {
  readonly profiles: readonly Profile[];
  readonly revision: number;
  readonly problem: ProfilesProblem | null;
}

const IN_SAFE_MODE =
  'Until they are put back (people.json and installation.json of the app’s profile folder, from a backup), whoever signs in is a labeller, and people cannot be changed.';

/**
 * Reads the profiles and never takes less than a sealed file for the truth. In this order:
 * 1. `people.json` is whole: it holds.
 * 2. Its copy is whole: the file is put aside under another name and made anew from the copy; problem `restored`.
 * 3. Neither file is there and none ever was: there are no profiles, everybody is the owner.
 * 4. Else **safe mode**: profiles of a file that can be read are listed and may sign in as labellers at most, since
 *    roles may have been written by anybody. Nothing is written and nothing is moved, so that putting the right files
 *    back mends it. A file that is gone is the same: deleting it opens nothing.
 */
export async function openProfiles(file: string, installation: Installation): Promise<OpenedProfiles> {
  const holder = { publicKey: installation.publicKey(), peopleRevision: installation.peopleRevision() };
  const copyFile = `${file}.copy`;
  const [main, copy] = await Promise.all([readProfileFile(file, holder), readProfileFile(copyFile, holder)]);
  if (main.kind === 'whole') return { ...main.profiles, problem: null };
  if (copy.kind === 'whole') {
    if (main.kind !== 'absent') await fs.rename(file, `${file}.damaged-${Date.now()}`);
    await writeProfileFile(file, copy.profiles, copy.seal);
    return {
      ...copy.profiles,
      problem: {
        kind: 'restored',
        message: `The file of profiles ${WORDS[main.kind]}. It was put aside, and its sealed copy is used: nobody’s role or passphrase was changed by it.`,
      },
    };
  }
  if (main.kind === 'absent' && copy.kind === 'absent' && holder.peopleRevision === 0) {
    return { profiles: [], revision: 0, problem: null };
  }
  const readable = [main, copy].find((read) => 'profiles' in read);
  return {
    profiles: readable !== undefined && 'profiles' in readable ? readable.profiles.profiles : [],
    revision: 0,
    problem: {
      kind: 'safeMode',
      message: `The file of profiles ${WORDS[main.kind]}, and its copy is no help. ${IN_SAFE_MODE}`,
    },
  };
}

const WORDS = {
  absent: 'is gone',
  unreadable: 'is damaged',
  unsealed: 'was changed outside of Groundmark',
  outdated: 'is an older one',
} as const;
