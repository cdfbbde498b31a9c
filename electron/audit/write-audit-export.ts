import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AuditEntry } from '../../shared/audit/audit-entry';
import {
  type AuditExportHeader,
  type AuditExportSeal,
  entryLine,
  headerLine,
  sealLine,
  type VerifiedExport,
  verifyAuditExport,
} from '../../shared/audit/audit-export';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import type { PublicKey, Signature } from '../../shared/schema/person';
import { isSignatureValid } from '../people/signatures';

/** A line of an export stays far below; what is longer is none. */
const LONGEST_LINE_IN_CHARS = 16_000_000;

/** Signs a hash for the purpose `audit`; `Installation.sign` of `electron/people` is one. */
export type SignAudit = (
  hash: Sha256,
) => Promise<Result<{ readonly signature: Signature; readonly publicKey: PublicKey }>>;

/**
 * Writes a signed export, whole or not at all: beside its place, fsynced, renamed. Memory does not grow with it.
 * Errors: `file.not-writable`, and what signing refuses with.
 */
export async function writeAuditExport(
  file: string,
  header: AuditExportHeader,
  entries: AsyncIterable<AuditEntry>,
  sign: SignAudit,
): Promise<Result<AuditExportSeal>> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    const handle = await open(temporary, 'w', 0o600);
    const hash = createHash('sha256');
    try {
      const write = async (text: string) => {
        hash.update(text, 'utf8');
        await handle.writeFile(text, 'utf8');
      };
      await write(headerLine(header));
      for await (const entry of entries) await write(entryLine(entry));
      const sha256 = hash.digest('hex') as Sha256;
      const signed = await sign(sha256);
      if (!signed.ok) return signed;
      const seal = { sha256, ...signed.value };
      await handle.writeFile(sealLine(seal), 'utf8');
      await handle.sync();
      await handle.close();
      await rename(temporary, file);
      return ok(seal);
    } finally {
      // Closed already when everything went well.
      await handle.close().catch(() => undefined);
    }
  } catch {
    return err(
      appError(
        'file.not-writable',
        `${file} could not be written. Check that its folder is there, that you may write to it and that the disk has room.`,
      ),
    );
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Reads an export and holds it against its seal; see `verifyAuditExport`. */
export async function readAuditExport(file: string): Promise<Result<VerifiedExport>> {
  const hash = createHash('sha256');
  try {
    return await verifyAuditExport(
      linesOf(file),
      { update: (text) => void hash.update(text, 'utf8'), hex: () => hash.digest('hex') as Sha256 },
      (signed) => isSignatureValid({ purpose: 'audit', ...signed }),
    );
  } catch (thrown) {
    return err(notReadable(file, thrown));
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE_IN_CHARS) throw new Error('a line is longer than any export has');
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function notReadable(file: string, thrown: unknown): AppError {
  const reason = thrown instanceof Error && !('code' in thrown) ? `: ${thrown.message}` : '';
  return appError(
    'file.not-readable',
    `${file} cannot be read${reason}. Check that it is the file that was exported.`,
  );
}
