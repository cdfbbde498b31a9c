import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from './file-error';
import type { OutputTarget } from './output-sink';

/** Numbers tried for a free name, e.g. `crossing-1a2b-coco-2`. */
const MOST_NAMES = 1000;

/** Where an output is meant to be, and what a person knows that place by. */
export function placeOf(target: OutputTarget): { readonly place: string; readonly shownPath: string } {
  return target.kind === 'inside'
    ? { place: path.join(target.folder, target.name), shownPath: target.name }
    : { place: path.resolve(target.place), shownPath: target.place };
}

/** Refuses a place that holds something, unless what is there may be replaced. */
export async function refuseTaken(target: OutputTarget, what: 'folder' | 'file'): Promise<Result<null>> {
  if (target.kind === 'inside') return ok(null);
  const { place, shownPath } = placeOf(target);
  const facts = await stat(place).catch((thrown: NodeJS.ErrnoException) => thrown.code ?? 'unknown');
  if (facts === 'ENOENT') return ok(null);
  if (typeof facts === 'string') return err(fileError({ code: facts }, shownPath, 'write'));
  const refused = (reason: string) =>
    err(appError('file.not-writable', `${shownPath} ${reason}`, { path: shownPath }));
  if (what === 'file') {
    if (facts.isDirectory()) return refused('is a folder. Name a file to write to.');
    return target.isForced
      ? ok(null)
      : refused('is there already. Name a new file, or replace it with --force.');
  }
  if (!facts.isDirectory()) return refused('is a file. Name a folder to write to.');
  if (target.isForced || (await isEmptyFolder(place))) return ok(null);
  return refused('is not empty. Name a new or empty folder, or replace it with --force.');
}

/** Moves what was written to its place in one rename, and says where that is. Throws what the system throws. */
export async function moveIntoPlace(partial: string, target: OutputTarget): Promise<string> {
  const { place } = placeOf(target);
  if (target.kind === 'inside') {
    // What a person has there stays; the new one gets a number.
    const { dir, name, ext } = splitName(place);
    let free = place;
    for (let number = 2; (await isThere(free)) && number < MOST_NAMES; number += 1)
      free = path.join(dir, `${name}-${number}${ext}`);
    await rename(partial, free);
    return free;
  }
  const there = await stat(place).catch(() => null);
  // A file takes the place of a file in the same step.
  if (there?.isDirectory() !== true) {
    await rename(partial, place);
    return place;
  }
  if (await isEmptyFolder(place)) {
    await rmdir(place);
    await rename(partial, place);
    return place;
  }
  // A rename cannot replace a folder that holds something; the old one steps aside and comes back on failure.
  const aside = `${partial}.old`;
  await rm(aside, { recursive: true, force: true });
  await rename(place, aside);
  try {
    await rename(partial, place);
  } catch (thrown) {
    await rename(aside, place);
    throw thrown;
  }
  await rm(aside, { recursive: true, force: true });
  return place;
}

/** Only archives have an extension that a number must stand before: a project's name may hold a dot. */
function splitName(place: string) {
  const ext = /\.(?:zip|gmk)$/i.exec(place)?.[0] ?? '';
  return { dir: path.dirname(place), name: path.basename(place, ext), ext };
}

async function isEmptyFolder(place: string): Promise<boolean> {
  return readdir(place).then(
    (names) => names.length === 0,
    () => false,
  );
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}
