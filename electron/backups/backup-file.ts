import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { BackupSummary } from '../../shared/ipc/channels/datasets';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';

/**
 * A backup is gzipped lines of JSON: a header with its summary, the lines as they were given, and a trailer with their
 * count and the SHA-256 over everything before it. It can be read with `zcat` and nothing of ours.
 */
export const BackupHeader = z.object({
  groundmarkBackup: z.literal(1),
  summary: BackupSummary.omit({ byteSize: true }),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

export const BackupTrailer = z.object({
  groundmarkBackupEnd: z.object({
    lines: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/** An image's record with thousands of shapes stays far below; a longer line is not one of ours. */
export const LONGEST_LINE_CHARACTERS = 64_000_000;
const HIGHEST_LINE_COUNT = 50_000_000;

export interface BackupWriter {
  append(lines: readonly string[]): Promise<void>;
  /** Writes the trailer and fsyncs; the file may then be renamed into place. */
  finish(): Promise<void>;
  /** Ends without a trailer; the caller removes the file. */
  abandon(): Promise<void>;
}

const compress = promisify(gzip);

/**
 * Each piece is a gzip member of its own, which readers join: no stream holds anything back, so what `append` returned
 * from is with the system, and a full disk is told by the write that met it. Throws what the file system throws.
 */
export async function createBackupWriter(file: string, header: BackupHeader): Promise<BackupWriter> {
  const handle = await fs.promises.open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let lineCount = 0;

  // Compressing runs on threads that finish in any order; the file must keep the order in which lines were given.
  let lastWrite: Promise<void> = Promise.resolve();

  function write(text: string): Promise<void> {
    lastWrite = lastWrite.then(async () => handle.appendFile(await compress(text)));
    return lastWrite;
  }

  function writeHashed(text: string): Promise<void> {
    hash.update(text, 'utf8');
    return write(text);
  }

  try {
    await writeHashed(`${JSON.stringify(header)}\n`);
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }

  return {
    async append(lines) {
      if (lines.length === 0) return;
      lineCount += lines.length;
      await writeHashed(`${lines.join('\n')}\n`);
    },
    async finish() {
      const trailer = { groundmarkBackupEnd: { lines: lineCount, sha256: hash.digest('hex') } };
      await write(`${JSON.stringify(trailer)}\n`);
      await handle.sync();
      await handle.close();
    },
    async abandon() {
      // Closed already when finishing failed after its last step.
      await handle.close().catch(() => undefined);
    },
  };
}

function damaged(reason: string): AppError {
  return appError(
    'backup.damaged',
    `This backup is damaged: ${reason}. Nothing was restored from it; choose an earlier one.`,
    { reason },
  );
}

/**
 * Lines of a backup file, header and trailer included, decompressed as they are asked for. Throws on broken gzip data
 * and on a line that is longer than any of ours, so a bomb of one endless line ends early.
 */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const input = fs.createReadStream(file);
  const gunzip = createGunzip();
  input.on('error', (error) => gunzip.destroy(error));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const chunk of input.pipe(gunzip)) {
      rest += decoder.decode(chunk as Buffer, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE_CHARACTERS) throw new Error('a line is longer than any backup has');
      yield* lines;
    }
    if (rest !== '') throw new Error('it ends in the middle of a line');
  } finally {
    gunzip.destroy();
    input.destroy();
    // Windows refuses to remove a file that is still open, and rotation may want to.
    if (!input.closed) await once(input, 'close').catch(() => undefined);
  }
}

/** The header alone, for listing; reads a few kilobytes whatever the file's size. */
export async function readBackupHeader(file: string): Promise<Result<BackupHeader>> {
  try {
    for await (const line of linesOf(file)) return ok(BackupHeader.parse(JSON.parse(line)));
    return err(damaged('it is empty'));
  } catch {
    return err(damaged('its beginning cannot be read'));
  }
}

/**
 * Reads the whole file once and holds it against its trailer.
 * @returns how many data lines it has, i.e. without header and trailer.
 */
export async function verifyBackup(file: string): Promise<Result<number>> {
  const hash = createHash('sha256');
  let count = 0;
  let previous: string | null = null;
  try {
    for await (const line of linesOf(file)) {
      if (previous !== null) hash.update(`${previous}\n`, 'utf8');
      previous = line;
      count += 1;
      if (count > HIGHEST_LINE_COUNT) return err(damaged('it has more lines than any backup'));
    }
    const trailer = BackupTrailer.safeParse(JSON.parse(previous ?? 'null'));
    if (!trailer.success) return err(damaged('its end is missing'));
    const { lines, sha256 } = trailer.data.groundmarkBackupEnd;
    if (lines !== count - 2) return err(damaged(`it has ${count - 2} of its ${lines} lines`));
    if (sha256 !== hash.digest('hex')) return err(damaged('its content is not what was written'));
    return ok(lines);
  } catch (thrown) {
    return err(damaged(thrown instanceof Error ? thrown.message : 'it cannot be read'));
  }
}
