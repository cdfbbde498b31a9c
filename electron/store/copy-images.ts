import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DatasetProblem } from '../../shared/formats/format';
import { RelativeKey } from '../../shared/schema/ids';
import type { GrantTarget } from '../grants/grant-store';
import { refuseEscape } from '../grants/refusals';
import { hashFile } from './durable-files';
import { isMissingFile } from './storage-error';
import type { ImageFileRow } from './version-source';

/** Where originals may be read from, by source id. */
export type ImageTargets = Readonly<Record<string, GrantTarget>>;

export type CopyOutcome = 'copied' | 'kept' | DatasetProblem;

/**
 * Copies one original beside the labels, byte for byte and checked against the version's hash on the way. A copy that is
 * there already with the right bytes is kept, so a cut-off export goes on where it stopped.
 * Disk errors are thrown; an original that is missing or has changed is a problem for the report.
 */
export async function copyImage(
  row: ImageFileRow,
  sources: ImageTargets,
  imagesFolder: string,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const key = RelativeKey.parse(row.image_key);
  const target = path.join(imagesFolder, key);
  const there = await stat(target).catch(() => null);
  if (there?.size === row.byte_size && (await hashFile(target, signal)).sha256 === row.content_hash)
    return 'kept';

  const original = await originalOf(row, sources);
  if (original === null) {
    return problem(
      'image-missing',
      key,
      `${key} was not copied: its original is not where it was. Show the app where its folder is now, then export again.`,
    );
  }
  await mkdir(path.dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  const hash = createHash('sha256');
  try {
    await pipeline(
      createReadStream(original),
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      }),
      createWriteStream(partial),
      { signal },
    );
    if (hash.digest('hex') === row.content_hash) {
      await rename(partial, target);
      return 'copied';
    }
  } finally {
    await rm(partial, { force: true });
  }
  return problem(
    'image-changed',
    key,
    `${key} was not copied: its original has changed since the version was published, so the labels may not fit it.`,
  );
}

function problem(code: string, key: string, message: string): DatasetProblem {
  return { severity: 'warning', code, message, path: key, line: null };
}

/** The real path of an original, or null when it is not there or lies outside of what was granted. */
async function originalOf(row: ImageFileRow, sources: ImageTargets): Promise<string | null> {
  const source = Object.hasOwn(sources, row.source_id) ? sources[row.source_id] : undefined;
  if (source === undefined || !RelativeKey.safeParse(row.source_key).success) return null;
  try {
    if (source.kind === 'files') {
      const listed = Object.hasOwn(source.files, row.source_key) ? source.files[row.source_key] : undefined;
      return listed === undefined ? null : await realpath(listed);
    }
    const root = await realpath(source.root);
    const original = await realpath(path.join(root, row.source_key));
    return refuseEscape(root, original, row.source_key) === null ? original : null;
  } catch (thrown) {
    if (isMissingFile(thrown)) return null;
    throw thrown;
  }
}
