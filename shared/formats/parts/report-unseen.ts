import type { DatasetFolder, UnseenPath } from '../format';
import type { ProblemQueue } from './problem-queue';

const REASONS: Readonly<Record<UnseenPath['reason'], string>> = {
  unreadable: 'cannot be read. Check its permissions',
  'leads-out': 'is a link that leads out of the folder and was not followed. Put the files into the folder',
  'too-deep': 'lies too many folders deep and was not looked into',
  'too-many': 'was not looked into, because the folder holds too many files. Open a smaller folder',
  'bad-name':
    'has a name that no file of a dataset may have (absolute, with `..` or a backslash) and was passed over. Rename it',
  link: 'is a link, which is not followed in an archive. Pack the file itself',
  duplicate:
    'is in the archive twice, or another file has the same name but for capital letters; the first was taken. Rename one',
  encrypted: 'is encrypted and cannot be read. Unpack the archive with its password, and open the folder',
  compression: 'is packed in a way that is not read here (Deflate is). Pack the archive anew',
  bomb: 'claims to be far larger than what is packed, or shares its bytes with another file, as damaging archives do; it was not unpacked',
};

/**
 * Says what of a folder was not seen. Where labels may be in it that is an error, because the dataset would be read as
 * whole; a link that leads out is mostly a picture and a warning.
 */
export async function reportUnseen(folder: DatasetFolder, problems: ProblemQueue): Promise<void> {
  for (const { path, reason } of (await folder.unseen?.()) ?? []) {
    const message = `${path === '' ? 'The folder' : path} ${REASONS[reason]}.`;
    if (reason === 'leads-out' || reason === 'bad-name') problems.warning(`path-${reason}`, path, message);
    else problems.error(`path-${reason}`, path, message);
  }
}
