import { z } from 'zod';
import { type AppError, appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import { ProjectId, Sha256, Timestamp } from '../schema/ids';
import { PublicKey, Signature } from '../schema/person';
import { AuditEntry } from './audit-entry';

/**
 * A signed export is JSON Lines: a header, one entry a line, and a seal over every byte before it. The signature is
 * Ed25519 (RFC 8032) over the purpose `audit` and the SHA-256, with the key of the installation, which the seal names.
 */
export const AuditExportHeader = z.object({
  groundmarkAudit: z.literal(1),
  project: z.object({ id: ProjectId, name: z.string() }),
  exportedAt: Timestamp,
  exportedBy: z.string(),
  /** The state of the journal when it was exported. */
  journal: z.object({
    lines: z.number().int().min(0),
    head: z.object({ seq: z.number().int().min(0), hash: Sha256.nullable() }),
    holds: z.boolean(),
    /** In words, when it does not. */
    firstBreak: z.string().nullable(),
  }),
  /** What of the journal was asked for; absent fields did not limit. */
  filter: z.record(z.string(), z.string()),
  entries: z.number().int().min(0),
});
export type AuditExportHeader = Readonly<z.infer<typeof AuditExportHeader>>;

export const AuditExportSeal = z.object({ sha256: Sha256, publicKey: PublicKey, signature: Signature });
export type AuditExportSeal = Readonly<z.infer<typeof AuditExportSeal>>;

/** What hashes the bytes and asks the key; Node's in the command line, the window's own in the app. */
export interface Digest {
  update(text: string): void;
  hex(): Sha256;
}

/** Checks a signature over `hash` for the purpose `audit`. */
export type IsSigned = (signed: {
  readonly hash: Sha256;
  readonly signature: Signature;
  readonly publicKey: PublicKey;
}) => boolean;

export interface VerifiedExport {
  readonly header: AuditExportHeader;
  readonly entries: number;
  readonly seal: AuditExportSeal;
}

export function headerLine(header: AuditExportHeader): string {
  return `${JSON.stringify(header)}\n`;
}

export function entryLine(entry: AuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

export function sealLine(seal: AuditExportSeal): string {
  return `${JSON.stringify(seal)}\n`;
}

/**
 * Holds an export against its seal, line by line.
 * @param lines without their line feeds; ends that are no line feed are part of a line and so count in the hash.
 * Errors: `audit.bad-signature` when it is not what was signed, `format.malformed` when it is no export,
 * `bundle.newer-version` when a later Groundmark made it.
 */
export async function verifyAuditExport(
  lines: AsyncIterable<string> | Iterable<string>,
  digest: Digest,
  isSigned: IsSigned,
): Promise<Result<VerifiedExport>> {
  let header: AuditExportHeader | null = null;
  let seal: AuditExportSeal | null = null;
  let number = 0;
  let entries = 0;
  for await (const line of lines) {
    number += 1;
    if (seal !== null) return err(notSigned(`line ${number} comes after its seal`));
    const value = parsedJson(line);
    if (header === null) {
      const read = readHeader(value);
      if (!read.ok) return read;
      header = read.value;
      digest.update(`${line}\n`);
      continue;
    }
    const sealed = AuditExportSeal.strict().safeParse(value);
    if (sealed.success) {
      seal = sealed.data;
      continue;
    }
    if (!AuditEntry.safeParse(value).success) return err(notSigned(`line ${number} is no entry`));
    entries += 1;
    digest.update(`${line}\n`);
  }
  if (header === null) return err(noExport());
  if (seal === null) return err(notSigned('its end with the signature is missing'));
  const hash = digest.hex();
  if (hash !== seal.sha256) return err(notSigned('its content is not what was sealed'));
  if (!isSigned({ hash, signature: seal.signature, publicKey: seal.publicKey })) {
    return err(notSigned('the signature was not made with the key that it names'));
  }
  if (entries !== header.entries) return err(notSigned(`it has ${entries} of its ${header.entries} entries`));
  return ok({ header, entries, seal });
}

function readHeader(value: unknown): Result<AuditExportHeader> {
  const parsed = AuditExportHeader.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const version =
    typeof value === 'object' && value !== null && 'groundmarkAudit' in value ? value.groundmarkAudit : null;
  if (typeof version === 'number' && version > 1) {
    return err(
      appError(
        'bundle.newer-version',
        'This export was made by a newer Groundmark. Update the app, then verify it again.',
        { version },
      ),
    );
  }
  return err(version === null ? noExport() : notSigned('its first line is not whole'));
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function noExport(): AppError {
  return appError('format.malformed', 'This is no export of an audit trail: its first line is another.');
}

function notSigned(reason: string): AppError {
  return appError(
    'audit.bad-signature',
    `This export does not hold: ${reason}. Do not rely on it; ask for it again from whoever made it.`,
    { reason },
  );
}
