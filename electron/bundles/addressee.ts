import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { PublicKey } from '../../shared/schema/person';
import type { PackageEntry } from '../../shared/schema/work-package';

/**
 * Refuses a work package for somebody whose key is not on this computer with `package.other-addressee`: nobody here could
 * give it back, which is better known before the work than after it.
 */
export function demandAddressee(
  entry: PackageEntry | undefined,
  isKeyHere: (key: PublicKey) => boolean,
): Result<null> {
  if (entry?.content.kind !== 'work') return ok(null);
  const { name, to, toKey, issuedBy } = entry.content;
  if (toKey === null || isKeyHere(toKey)) return ok(null);
  return err(
    appError(
      'package.other-addressee',
      `“${name}” is for ${to.name}, whose key is not on this computer, so it could not be given back from here. Nothing was opened. If it is for you, tell ${issuedBy.name} your key (Settings, People) and ask for the package again.`,
      { to: to.name },
    ),
  );
}
