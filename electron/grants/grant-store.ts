import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Grant } from '../../shared/ipc/channels/files';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { SourceId } from '../../shared/schema/ids';
import { writeJsonAtomically } from './atomic-json-file';
import { refuseEncodedKey, refuseEscape, refuseMalformedKey, refuseStreamKey } from './refusals';

export type GrantPurpose = Grant['purpose'];

/** What a grant reaches: all below one folder, or the listed files under the keys they were given. */
export type GrantTarget =
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'files'; readonly files: Readonly<Record<string, string>> };

const AbsolutePath = z.string().min(1).max(32_768).refine(path.isAbsolute, { error: 'is not absolute' });

const StoredGrant = z.object({
  id: SourceId,
  displayName: z.string().max(500),
  purpose: Grant.shape.purpose,
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder'), root: AbsolutePath }),
    z.object({ kind: z.literal('files'), files: z.record(z.string(), AbsolutePath) }),
  ]),
});
export type StoredGrant = z.infer<typeof StoredGrant>;

const GrantsFile = z.object({ version: z.literal(1), grants: z.array(StoredGrant).max(100_000) });

/** Main's knowledge of what the person opened. Paths stay in here, in worker processes and in the log's absence of them. */
export interface GrantStore {
  /** All grants in the order in which they were made, with whether they can be reached now. */
  list(): Promise<readonly Grant[]>;
  /** `file.unknown-grant` when there is none of this id. For main and the worker processes only: it holds paths. */
  get(id: SourceId): Result<StoredGrant>;
  /** Opening the same folder for the same purpose again gives the same grant, so adding it twice is harmless. */
  addFolder(folder: string, purpose: GrantPurpose): Promise<Result<Grant>>;
  /**
   * Opens a folder under an id that a bundle's project knows already; an id that is open here stays what it is.
   */
  adoptFolder(
    id: SourceId,
    folder: string,
    displayName: string,
    purpose: GrantPurpose,
  ): Promise<Result<Grant>>;
  /** Files get their names as keys; of two with one name the later is put below a number (`2/a.jpg`). */
  addFiles(files: readonly string[], purpose: GrantPurpose): Promise<Result<Grant>>;
  /** The folder's new place; id and purpose stay. */
  relocate(id: SourceId, folder: string): Promise<Result<Grant>>;
  /** Forgets the permission; the files are not touched. */
  forget(id: SourceId): Promise<Result<null>>;
  /**
   * The real path of an existing file or folder below a grant. Refuses with `file.outside-grant` what is malformed,
   * encoded or leads out by a symlink; `file.not-found` when it is not there, `file.unknown-grant` without a grant.
   */
  resolve(id: SourceId, key: string): Promise<Result<string>>;
  /** The real path of a grant's folder, or of the first of its files. */
  resolveRoot(id: SourceId): Promise<Result<string>>;
  /** The real path of the folder that a grant with the purpose `export` may write to; refused for any other purpose. */
  resolveForWriting(id: SourceId): Promise<Result<string>>;
}

/** The form without paths, which may cross to the renderer. */
function forRenderer(stored: StoredGrant, isAvailable: boolean): Grant {
  return { id: stored.id, displayName: stored.displayName, purpose: stored.purpose, isAvailable };
}

async function isReachable(target: GrantTarget): Promise<boolean> {
  const probes = target.kind === 'folder' ? [target.root] : Object.values(target.files).slice(0, 1);
  const answers = await Promise.all(
    probes.map((probe) =>
      fs.stat(probe).then(
        () => true,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}

function notFound(name: string): AppError {
  return appError(
    'file.not-found',
    `"${name.slice(0, 200)}" is not there any more. Plug in its disk, or show the folder's new place.`,
    { key: name.slice(0, 200) },
  );
}

function keysOf(files: readonly string[]): Record<string, string> {
  const byKey: Record<string, string> = Object.create(null);
  for (const file of files) {
    const name = path.basename(file);
    let key = name;
    for (let number = 2; key in byKey; number += 1) key = `${number}/${name}`;
    byKey[key] = file;
  }
  return { ...byKey };
}

/**
 * Reads the grants of this profile. A damaged file is put aside, not overwritten: `onDamaged` hears under which name,
 * and the person can open their folders again.
 */
export async function openGrantStore(
  file: string,
  onDamaged: (keptAs: string) => void = () => undefined,
): Promise<GrantStore> {
  const grants = new Map<string, StoredGrant>();
  for (const grant of await load()) grants.set(grant.id, grant);
  let lastWrite: Promise<unknown> = Promise.resolve();

  async function load(): Promise<readonly StoredGrant[]> {
    let text: string;
    try {
      text = await fs.readFile(file, 'utf8');
    } catch {
      return [];
    }
    try {
      return GrantsFile.parse(JSON.parse(text)).grants;
    } catch {
      const keptAs = `${file}.damaged-${Date.now()}`;
      await fs.rename(file, keptAs);
      onDamaged(keptAs);
      return [];
    }
  }

  /** Writes follow one another, so that the file always ends as the newest state. */
  async function save(): Promise<Result<null>> {
    const content = { version: 1, grants: [...grants.values()] };
    const write = lastWrite.then(() => writeJsonAtomically(file, content));
    lastWrite = write.catch(() => undefined);
    try {
      await write;
      return ok(null);
    } catch (thrown) {
      return err(
        appError(
          'file.not-writable',
          'The list of opened folders could not be saved, so this folder would be forgotten at the next start. ' +
            'Make room on the disk that holds your user profile and add it again.',
          { reason: thrown instanceof Error ? thrown.message.replaceAll(file, 'grants.json') : 'unknown' },
        ),
      );
    }
  }

  function get(id: SourceId): Result<StoredGrant> {
    const stored = grants.get(id);
    if (stored !== undefined) return ok(stored);
    return err(
      appError('file.unknown-grant', 'This folder is not open to Groundmark. Add it again.', {
        sourceId: id,
      }),
    );
  }

  async function put(stored: StoredGrant): Promise<Result<Grant>> {
    const before = grants.get(stored.id);
    grants.set(stored.id, stored);
    const saved = await save();
    if (saved.ok) return ok(forRenderer(stored, true));
    if (before === undefined) grants.delete(stored.id);
    else grants.set(stored.id, before);
    return saved;
  }

  async function realFolder(folder: string): Promise<Result<string>> {
    try {
      const real = await fs.realpath(folder);
      if ((await fs.stat(real)).isDirectory()) return ok(real);
      return err(appError('file.not-readable', `"${path.basename(folder)}" is not a folder.`));
    } catch {
      return err(notFound(path.basename(folder)));
    }
  }

  async function realFileOf(key: string, listed: string | undefined): Promise<Result<string>> {
    if (listed === undefined) return err(notFound(key));
    try {
      return ok(await fs.realpath(listed));
    } catch {
      return err(notFound(key));
    }
  }

  return {
    get,

    list: () =>
      Promise.all(
        [...grants.values()].map(async (stored) => forRenderer(stored, await isReachable(stored.target))),
      ),

    async addFolder(folder, purpose) {
      const root = await realFolder(folder);
      if (!root.ok) return root;
      for (const stored of grants.values()) {
        const isSame = stored.target.kind === 'folder' && stored.target.root === root.value;
        if (isSame && stored.purpose === purpose) return ok(forRenderer(stored, true));
      }
      return put({
        id: SourceId.parse(randomUUID()),
        displayName: (path.basename(root.value) || 'Disk').slice(0, 500),
        purpose,
        target: { kind: 'folder', root: root.value },
      });
    },

    async adoptFolder(id, folder, displayName, purpose) {
      const known = grants.get(id);
      if (known !== undefined) return ok(forRenderer(known, await isReachable(known.target)));
      const root = await realFolder(folder);
      if (!root.ok) return root;
      return put({
        id,
        displayName: displayName.slice(0, 500),
        purpose,
        target: { kind: 'folder', root: root.value },
      });
    },

    async addFiles(files, purpose) {
      const [first] = files;
      if (first === undefined) return err(appError('file.not-found', 'No file was chosen.'));
      const name = path.basename(first);
      return put({
        id: SourceId.parse(randomUUID()),
        displayName: (files.length === 1 ? name : `${name} and ${files.length - 1} more`).slice(-500),
        purpose,
        target: { kind: 'files', files: keysOf(files) },
      });
    },

    async relocate(id, folder) {
      const stored = get(id);
      if (!stored.ok) return stored;
      const root = await realFolder(folder);
      if (!root.ok) return root;
      return put({
        ...stored.value,
        displayName: (path.basename(root.value) || 'Disk').slice(0, 500),
        target: { kind: 'folder', root: root.value },
      });
    },

    async forget(id) {
      const stored = get(id);
      if (!stored.ok) return stored;
      grants.delete(id);
      const saved = await save();
      if (!saved.ok) grants.set(id, stored.value);
      return saved;
    },

    async resolve(id, key) {
      const refusal = refuseMalformedKey(key) ?? refuseEncodedKey(key) ?? refuseStreamKey(key);
      if (refusal !== null) return err(refusal);
      const stored = get(id);
      if (!stored.ok) return stored;
      const { target } = stored.value;
      if (target.kind === 'files') {
        return realFileOf(key, Object.hasOwn(target.files, key) ? target.files[key] : undefined);
      }
      try {
        const realRoot = await fs.realpath(target.root);
        const real = await fs.realpath(path.join(realRoot, key));
        const refusalOfTarget = refuseEscape(realRoot, real, key);
        return refusalOfTarget === null ? ok(real) : err(refusalOfTarget);
      } catch {
        return err(notFound(key));
      }
    },

    async resolveRoot(id) {
      const stored = get(id);
      if (!stored.ok) return stored;
      const { target, displayName } = stored.value;
      return realFileOf(displayName, target.kind === 'folder' ? target.root : Object.values(target.files)[0]);
    },

    async resolveForWriting(id) {
      const stored = get(id);
      if (!stored.ok) return stored;
      const { purpose, target, displayName } = stored.value;
      if (purpose !== 'export' || target.kind !== 'folder') {
        return err(
          appError(
            'file.not-writable',
            `"${displayName}" was opened for reading. Choose a folder to export to.`,
            { sourceId: id },
          ),
        );
      }
      return realFolder(target.root);
    },
  };
}
