import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetProblem } from '../../shared/formats/format';
import { RelativeKey } from '../../shared/schema/ids';
import type { DirectorySink } from '../datasets-io/create-directory-sink';
import type { OutputSink } from '../datasets-io/output-sink';
import type { GrantTarget } from '../grants/grant-store';
import { refuseEscape } from '../grants/refusals';
import { hashFile } from './durable-files';
import { isMissingFile } from './storage-error';
import type { ImageFileRow } from './version-source';

/** Where originals may be read from, by source id. */
export type ImageTargets = Readonly<Record<string, GrantTarget>>;

export type PictureMode = 'copy' | 'link';

export interface PlacePictureOptions {
  /** Where the picture belongs in the output. */
  readonly relative: string;
  readonly sources: ImageTargets;
  readonly mode: PictureMode;
  readonly signal: AbortSignal;
}

/**
 * Puts one original beside the labels, byte for byte and checked against the version's hash. A copy that a killed try left
 * with the right bytes is kept, so a cut-off export goes on where it stopped.
 * Disk errors are thrown; an original that is missing or has changed is a problem for the report, else null.
 */
export async function placePicture(
  row: ImageFileRow,
  sink: OutputSink | DirectorySink,
  { relative, sources, mode, signal }: PlacePictureOptions,
): Promise<DatasetProblem | null> {
  const key = RelativeKey.parse(row.image_key);
  if (sink.has(relative)) {
    return problem(
      'picture-clash',
      key,
      `${key} was not copied: another picture is at ${relative} already. Rename one of the two, or export in a format that keeps folders.`,
    );
  }
  const wanted = { byteSize: row.byte_size, sha256: row.content_hash };
  if ('recover' in sink && mode === 'copy' && (await sink.recover(relative, wanted))) return null;
  const original = await originalOf(row, sources);
  if (original === null) {
    return problem(
      'image-missing',
      key,
      `${key} was not copied: its original is not where it was. Show the app where its folder is now, then export again.`,
    );
  }
  const isPlaced =
    mode === 'link'
      ? await linked(original, sink, relative, row, signal)
      : await copied(original, sink, relative, row, signal);
  return isPlaced
    ? null
    : problem(
        'image-changed',
        key,
        `${key} was not copied: its original has changed since the version was published, so the labels may not fit it.`,
      );
}

/** The bytes of an original as the version knows them; null when it is missing or has changed. */
export async function originalBytes(row: ImageFileRow, sources: ImageTargets): Promise<Uint8Array | null> {
  const original = await originalOf(row, sources);
  if (original === null) return null;
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  for await (const chunk of createReadStream(original)) {
    hash.update(chunk as Buffer);
    parts.push(chunk as Buffer);
  }
  return hash.digest('hex') === row.content_hash ? Buffer.concat(parts) : null;
}

async function linked(
  original: string,
  sink: OutputSink,
  relative: string,
  row: ImageFileRow,
  signal: AbortSignal,
): Promise<boolean> {
  if ((await hashFile(original, signal)).sha256 !== row.content_hash) return false;
  const added = await sink.addFile(relative, original, 'link');
  if (!added.ok) throw added.error;
  return true;
}

async function copied(
  original: string,
  sink: OutputSink,
  relative: string,
  row: ImageFileRow,
  signal: AbortSignal,
): Promise<boolean> {
  const hash = createHash('sha256');
  const file = await sink.open(relative);
  let isWhole = false;
  try {
    for await (const chunk of createReadStream(original, { signal })) {
      hash.update(chunk as Buffer);
      await file.write(chunk as Buffer);
    }
    isWhole = hash.digest('hex') === row.content_hash;
  } finally {
    if (isWhole) await file.close();
    else await file.abandon();
  }
  return isWhole;
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
