import { createPrivateKey, type KeyObject } from 'node:crypto';
import fs from 'node:fs/promises';
import { z } from 'zod';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { PublicKey, type Signature } from '../../shared/schema/person';
import { writeJsonAtomically } from '../grants/atomic-json-file';
import { createKeyPair, publicKeyOf, type SealedPurpose, signHash } from './signatures';

const InstallationFile = z.object({
  version: z.literal(1),
  publicKey: PublicKey,
  privateKey: z.object({
    /** `system`: encrypted by the system's key ring. `plain`: as it is; the file's mode is all that protects it. */
    form: z.enum(['plain', 'system']),
    data: z.base64().max(4096),
  }),
  /** The profile file must be at least this new; 0 when none was ever made. */
  peopleRevision: z.number().int().min(0),
});
type InstallationFile = z.infer<typeof InstallationFile>;

/** The system's key ring, as Electron's safeStorage offers it where there is one. */
export interface KeyRing {
  isAvailable(): boolean;
  encrypt(text: string): Buffer;
  decrypt(encrypted: Buffer): string;
}

/** What this installation is by itself: a key pair, made when it is first needed, and how new its profile file is. */
export interface Installation {
  /** Null until a key was made. */
  publicKey(): PublicKey | null;
  /** The same, made when there is none yet. `people.unknown` when it is there and cannot be opened. */
  ensureKey(): Promise<Result<PublicKey>>;
  peopleRevision(): number;
  /** Makes the key when there is none yet. `people.unknown` when it is there and cannot be opened. */
  sign(
    purpose: SealedPurpose,
    hash: Sha256,
  ): Promise<Result<{ readonly signature: Signature; readonly publicKey: PublicKey }>>;
  setPeopleRevision(revision: number): Promise<void>;
}

/**
 * Reads the installation's file. A damaged one is put aside, and a new key is made when one is needed; `onDamaged`
 * hears under which name it was kept.
 */
export async function openInstallation(
  file: string,
  services: { readonly keyRing: KeyRing | null; readonly onDamaged: (keptAs: string) => void },
): Promise<Installation> {
  const { keyRing } = services;
  let stored = await load();
  let privateKey: KeyObject | null = null;

  async function load(): Promise<InstallationFile | null> {
    const text = await fs.readFile(file, 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      return InstallationFile.parse(JSON.parse(text));
    } catch {
      const keptAs = `${file}.damaged-${Date.now()}`;
      await fs.rename(file, keptAs);
      services.onDamaged(keptAs);
      return null;
    }
  }

  async function make(): Promise<InstallationFile> {
    const pair = createKeyPair();
    const data = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const made: InstallationFile = {
      version: 1,
      publicKey: pair.publicKey,
      privateKey:
        keyRing?.isAvailable() === true
          ? { form: 'system', data: keyRing.encrypt(data).toString('base64') }
          : { form: 'plain', data },
      peopleRevision: 0,
    };
    await writeJsonAtomically(file, made);
    return made;
  }

  function open({ privateKey: { form, data } }: InstallationFile): KeyObject | null {
    try {
      const plain = form === 'plain' ? data : keyRing?.decrypt(Buffer.from(data, 'base64'));
      if (plain === undefined) return null;
      return createPrivateKey({ key: Buffer.from(plain, 'base64'), format: 'der', type: 'pkcs8' });
    } catch {
      return null;
    }
  }

  /** One at a time, so that two askers never make two keys. */
  let opening: Promise<KeyObject | null> | null = null;
  const keyOfInstallation = async (): Promise<KeyObject | null> => {
    stored ??= await make();
    privateKey ??= open(stored);
    // A public half that was exchanged in the file would let somebody else's seals pass.
    return privateKey !== null && publicKeyOf(privateKey) === stored.publicKey ? privateKey : null;
  };

  async function openedKey(): Promise<Result<{ readonly key: KeyObject; readonly publicKey: PublicKey }>> {
    opening ??= keyOfInstallation().finally(() => {
      opening = null;
    });
    const key = await opening;
    if (key !== null && stored !== null) return ok({ key, publicKey: stored.publicKey });
    return err(
      appError(
        'people.unknown',
        "This installation's key cannot be opened. It was made under another system account or key ring; sign in to the computer as then, or put installation.json of the app's profile folder back from a backup.",
      ),
    );
  }

  return {
    publicKey: () => stored?.publicKey ?? null,
    peopleRevision: () => stored?.peopleRevision ?? 0,

    async ensureKey() {
      const opened = await openedKey();
      return opened.ok ? ok(opened.value.publicKey) : opened;
    },

    async sign(purpose, hash) {
      const opened = await openedKey();
      if (!opened.ok) return opened;
      const { key, publicKey } = opened.value;
      return ok({ signature: signHash(key, purpose, hash), publicKey });
    },

    async setPeopleRevision(revision) {
      if (stored === null || revision <= stored.peopleRevision) return;
      stored = { ...stored, peopleRevision: revision };
      await writeJsonAtomically(file, stored);
    },
  };
}
