import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip, type Gzip } from 'node:zlib';
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

const BackupTrailer = z.object({
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

/** Throws what the file system throws; the store turns it into words. */
export async function createBackupWriter(file: string, header: BackupHeader): Promise<BackupWriter> {
  const output = fs.createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const gzip: Gzip = createGzip({ level: 6 });
  // The first failure is the cause; what follows on a destroyed stream only says that it is destroyed.
  let failure: Error | null = null;
  // A failure of the file must reach whoever waits on the compressor.
  output.on('error', (error) => {
    failure ??= error;
    gzip.destroy(error);
  });
  gzip.on('error', () => output.destroy());
  gzip.pipe(output);
  const hash: Hash = createHash('sha256');
  let lineCount = 0;

  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      gzip.write(text, 'utf8', (error) => (error ? reject(failure ?? error) : resolve()));
    });

  async function writeHashed(text: string): Promise<void> {
    hash.update(text, 'utf8');
    await write(text);
  }

  await writeHashed(`${JSON.stringify(header)}\n`);

  return {
    async append(lines) {
      if (lines.length === 0) return;
      lineCount += lines.length;
      await writeHashed(`${lines.join('\n')}\n`);
    },
    async finish() {
      const trailer = { groundmarkBackupEnd: { lines: lineCount, sha256: hash.digest('hex') } };
      await write(`${JSON.stringify(trailer)}\n`);
      gzip.end();
      await finished(output);
      const handle = await fs.promises.open(file, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async abandon() {
      gzip.destroy();
      output.destroy();
      if (!output.closed) await finished(output).catch(() => undefined);
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
    input.destroy();
    gunzip.destroy();
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
