import fs from 'node:fs';
import path from 'node:path';
import type { FileProblem } from '../../../shared/schema/image';
import type { GrantTarget } from '../../grants/grant-store';
import { refuseEncodedKey, refuseMalformedKey, refuseStreamKey } from '../../grants/refusals';
import { fileFault } from './file-fault';

/** Stands for the key of the source's own folder in problems; no file has it. */
export const SOURCE_ITSELF = '.';

/** One thing that the walk came across, in the order of keys. */
export type WalkItem =
  | { readonly kind: 'file'; readonly key: string; readonly path: string }
  | { readonly kind: 'problem'; readonly problem: FileProblem };

/**
 * Walks a source in code-unit order of keys (`'a.jpg' < 'a/b.jpg' < 'a0.jpg'`, as `<` compares strings), so that
 * everything behind `afterKey` is exactly what an earlier walk had not reached. Deterministic for an unchanged folder.
 *
 * Symbolic links to files inside the source are followed; links out of it, broken links and links to folders are
 * reported and not followed (a linked folder inside is walked at its own place). Hidden entries (a leading dot: system
 * droppings such as `._a.jpg`) and devices are passed over. Memory: the names of the folders on the current path.
 *
 * @param realRoot for a folder, its real path; the caller resolves it once.
 */
export function walkSource(target: GrantTarget, afterKey: string | null): Generator<WalkItem> {
  return target.kind === 'folder'
    ? walkFolder({ root: target.root, afterKey }, target.root, '')
    : walkFiles(target.files, afterKey);
}

/** A file that the person chose by itself is followed wherever it leads: the choice is the permission. */
function followChosenFile(file: string, key: string): WalkItem {
  try {
    return { kind: 'file', key, path: fs.realpathSync.native(file) };
  } catch (thrown) {
    return { kind: 'problem', problem: { key, ...fileFault(thrown, 'file') } };
  }
}

interface Walk {
  readonly root: string;
  readonly afterKey: string | null;
}

function* walkFiles(files: Readonly<Record<string, string>>, afterKey: string | null): Generator<WalkItem> {
  for (const key of Object.keys(files).sort()) {
    const file = files[key];
    if (file !== undefined && (afterKey === null || key > afterKey)) yield followChosenFile(file, key);
  }
}

/** @param prefix key of the folder with a closing slash; empty for the root. */
function* walkFolder(walk: Walk, folder: string, prefix: string): Generator<WalkItem> {
  const entries = readEntries(folder);
  if (!Array.isArray(entries.names)) {
    const key = prefix === '' ? SOURCE_ITSELF : prefix.slice(0, -1);
    yield { kind: 'problem', problem: { key, ...fileFault(entries.names, 'folder') } };
    return;
  }
  const { afterKey } = walk;
  for (const name of entries.names) {
    const key = prefix + name;
    if (afterKey !== null && key <= afterKey && !afterKey.startsWith(key)) continue;
    if (name.endsWith('/')) {
      yield* walkFolder(walk, path.join(folder, name.slice(0, -1)), key);
      continue;
    }
    if (afterKey !== null && key <= afterKey) continue;
    const problem = problemWithName(key);
    if (problem !== null) yield { kind: 'problem', problem };
    else if (entries.links?.has(name)) yield followLink(walk.root, path.join(folder, name), key);
    else yield { kind: 'file', key, path: folder + path.sep + name };
  }
}

interface Entries {
  /** Sorted; folders end with a slash, which sorts them where their contents belong. An error when unreadable. */
  readonly names: readonly string[] | Error;
  /** Which of them are symbolic links. */
  readonly links: ReadonlySet<string> | null;
}

function readEntries(folder: string): Entries {
  let found: fs.Dirent[];
  try {
    found = fs.readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    return { names: thrown instanceof Error ? thrown : new Error(String(thrown)), links: null };
  }
  const names: string[] = [];
  let links: Set<string> | null = null;
  for (const entry of found) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    if (entry.isFile()) names.push(name);
    else if (entry.isDirectory()) names.push(`${name}/`);
    else if (entry.isSymbolicLink()) {
      names.push(name);
      links ??= new Set();
      links.add(name);
    }
  }
  // The default order is by code units, which is what keys are compared by.
  return { names: names.sort(), links };
}

/** Names that could never be opened again by key are told now, not when the picture stays blank. */
function problemWithName(key: string): FileProblem | null {
  if (!key.includes('\\') && !key.includes('%') && !key.includes(':') && !key.includes('\ufffd')) {
    if (key.length <= 4096) return null;
  }
  const isUnreadable = key.includes('\ufffd');
  const refusal = refuseMalformedKey(key) ?? refuseEncodedKey(key) ?? refuseStreamKey(key);
  if (refusal === null && !isUnreadable) return null;
  return {
    key,
    code: 'file.bad-name',
    reason: isUnreadable
      ? 'The name is not valid Unicode, so it cannot be kept in a dataset. Rename the file.'
      : 'The name has characters that mean something else in a path (such as a backslash) or is too long. Rename the file.',
  };
}

function followLink(root: string, link: string, key: string): WalkItem {
  const problem = (code: string, reason: string): WalkItem => ({
    kind: 'problem',
    problem: { key, code, reason },
  });
  let target: string;
  let stats: fs.Stats;
  try {
    target = fs.realpathSync.native(link);
    stats = fs.statSync(target);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    return code === 'ELOOP'
      ? problem('file.link-loop', 'This link leads back to itself, so it was not followed. Remove it.')
      : problem(
          'file.not-found',
          'This link leads to something that is not there. Remove it or mend its target.',
        );
  }
  if (!isWithin(root, target)) {
    return problem(
      'file.outside-grant',
      'This link leads out of the folder, so it was not followed. Add the folder it points to as a source of its own.',
    );
  }
  if (stats.isFile()) return { kind: 'file', key, path: target };
  if (!stats.isDirectory())
    return problem('file.not-readable', 'This link leads to a device, so it was not followed.');
  return isWithin(target, path.dirname(link))
    ? problem('file.link-loop', 'This link leads back to a folder that it lies in, so it was not followed.')
    : problem(
        'file.duplicate-link',
        `This link leads to the folder “${path.relative(root, target).split(path.sep).join('/') || '.'}” of the same ` +
          'source, whose pictures are added from there; following it would add them twice.',
      );
}

/** True when `target` is `folder` or lies below it; both are real paths. */
function isWithin(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
