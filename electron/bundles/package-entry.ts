import { sha256OfRecord } from '../../shared/document/hash';
import type { DatasetFolder } from '../../shared/formats/format';
import { LARGEST_PACKAGE_BYTES, PACKAGE_ENTRY } from '../../shared/formats/gmk/bundle-entries';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { PackageEntry, type Seal, type WorkOrder, type WorkReturn } from '../../shared/schema/work-package';
import { isSignatureValid } from '../people/signatures';

/**
 * What a bundle says of itself as a work package or a return; null when it is neither. Every seal in it is checked here,
 * before a line of it is handed out: the content must be what was signed, the lines those that the content names, and a
 * return signed by whom the package was for.
 * Errors: `bundle.newer-version`, `bundle.damaged`, `package.bad-signature`.
 */
export async function packageEntryOf(
  folder: DatasetFolder,
  linesHash: Sha256,
): Promise<Result<PackageEntry | null>> {
  if (!(await folder.list()).some(({ path }) => path === PACKAGE_ENTRY)) return ok(null);
  const text = await folder.readText(PACKAGE_ENTRY, LARGEST_PACKAGE_BYTES);
  if (!text.ok) return err(damaged(`${PACKAGE_ENTRY} cannot be read`));
  const entry = parsedEntry(text.value);
  if (!entry.ok) return entry;
  const { content, seal } = entry.value;
  const reason = reasonAgainstSeals(content, seal);
  if (reason !== null) return err(badSignature(reason));
  if (content.linesHash !== linesHash) {
    return err(badSignature('what it holds is not what was signed'));
  }
  return entry;
}

function parsedEntry(text: string): Result<PackageEntry> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return err(damaged(`${PACKAGE_ENTRY} is not JSON`));
  }
  const parsed = PackageEntry.safeParse(said);
  if (parsed.success) return ok(parsed.data);
  const version =
    typeof said === 'object' && said !== null && 'groundmarkPackage' in said ? said.groundmarkPackage : null;
  return err(
    typeof version === 'number' && version > 1
      ? appError(
          'bundle.newer-version',
          'This work package was made by a newer Groundmark. Update the app, then open it again.',
          { version },
        )
      : damaged(`${PACKAGE_ENTRY} is not sound`),
  );
}

function reasonAgainstSeals(content: WorkOrder | WorkReturn, seal: Seal): string | null {
  if (!isSealOf(content, seal)) return 'its signature does not fit what it says';
  if (content.kind === 'work') return null;
  const { order } = content;
  if (!isSealOf(order.content, order.seal)) {
    return 'the package that it answers is not as it was issued';
  }
  const { toKey, to } = order.content;
  return toKey === null || toKey === seal.publicKey
    ? null
    : `it is signed with another key than that of ${to.name}, whom the package was for`;
}

function isSealOf(content: WorkOrder | WorkReturn, { contentHash, publicKey, signature }: Seal): boolean {
  return (
    sha256OfRecord(content) === contentHash &&
    isSignatureValid({ purpose: 'package', hash: contentHash, publicKey, signature })
  );
}

function badSignature(reason: string): AppError {
  return appError(
    'package.bad-signature',
    `This work package is refused: ${reason}. Nothing was changed; ask for it again, from the person themselves.`,
    { reason },
  );
}

function damaged(reason: string): AppError {
  return appError(
    'bundle.damaged',
    `This work package cannot be opened: ${reason}. Nothing was changed; ask for it again.`,
    { reason },
  );
}
