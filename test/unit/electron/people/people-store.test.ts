import { createPrivateKey, createPublicKey, randomBytes, scryptSync, verify } from 'node:crypto';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSignatureValid, signHash } from '../../../../electron/people/signatures';
import type { Sha256 } from '../../../../shared/schema/ids';
import { ADA, BEN, got, profileFolder } from './people-fixture';

const HASH = 'a'.repeat(64) as Sha256;

describe('profiles', () => {
  it('are none at first, and nothing is written for that', async () => {
    const { open, folder } = profileFolder();
    const { people, installation } = await open();
    expect([people.hasProfiles(), people.problem, installation.publicKey()]).toEqual([false, null, null]);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('make the first person admin, whatever was asked for', async () => {
    const { people } = await profileFolder().open();
    expect(got(await people.create({ ...BEN, role: 'labeller' })).person.role).toBe('admin');
    expect(got(await people.create({ ...ADA, role: 'reviewer' })).person.role).toBe('reviewer');
  });

  it('outlive a restart; files are readable by the owner alone and hold no passphrase', async () => {
    const profile = profileFolder();
    const { people } = await profile.open();
    const ada = got(await people.create(ADA)).person;
    const again = await profile.open();
    expect(again.people.list()).toEqual([ada]);
    expect(got(await again.people.authenticate(ada.id, ADA.passphrase)).person).toEqual(ada);
    for (const name of fs.readdirSync(profile.folder)) {
      const text = fs.readFileSync(profile.file(name), 'utf8');
      expect(text).not.toContain(ADA.passphrase);
      expect(text).not.toContain(Buffer.from(ADA.passphrase).toString('base64'));
      if (process.platform !== 'win32') expect(fs.statSync(profile.file(name)).mode & 0o077).toBe(0);
    }
  });

  it('have salts and keys of their own, also for the same passphrase', async () => {
    const profile = profileFolder();
    const { people } = await profile.open();
    got(await people.create(ADA));
    got(await people.create({ ...BEN, passphrase: ADA.passphrase }));
    const [ada, ben] = profile.read('people.json').profiles;
    expect(ada.key.salt).not.toBe(ben.key.salt);
    expect(ada.key.verifier).not.toBe(ben.key.verifier);
    expect(ada.person.publicKey).not.toBe(ben.person.publicKey);
  });

  it.each([
    ['short12', 'people.weak-passphrase'],
    ['Password', 'people.weak-passphrase'],
    ['aaaaaaaaaaaa', 'people.weak-passphrase'],
    ['Ada Lovelace', 'people.weak-passphrase'],
    // Seven characters, one of them of two UTF-16 units.
    ['🐴horses', 'people.weak-passphrase'],
  ])('refuse the passphrase %s', async (passphrase, code) => {
    const { people } = await profileFolder().open();
    const made = await people.create({ name: 'ada lovelace', role: 'admin', passphrase });
    expect(made).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(made)).not.toContain(passphrase);
  });

  it('take a passphrase in any Unicode form (NFKC)', async () => {
    const { people } = await profileFolder().open();
    const { id } = got(await people.create({ ...ADA, passphrase: 'Öl auf Wogen' })).person;
    expect((await people.authenticate(id, 'O\u0308l auf Wogen')).ok).toBe(true);
    expect((await people.authenticate(id, 'öl auf wogen')).ok).toBe(false);
  });

  it('have names that cannot be mistaken for each other, retired ones included', async () => {
    const { people } = await profileFolder().open();
    got(await people.create(ADA));
    const { id } = got(await people.create(BEN)).person;
    got(await people.setRetired(id, true));
    for (const name of ['ada', ' ADA ', 'Ａｄａ', 'ben', '   ']) {
      expect(await people.create({ ...BEN, name })).toMatchObject({
        error: { code: 'people.duplicate-name' },
      });
    }
    expect(await people.rename(id, 'ADA')).toMatchObject({ error: { code: 'people.duplicate-name' } });
    expect(got(await people.rename(id, 'BEN')).name).toBe('BEN');
  });

  it('keep one admin who can sign in', async () => {
    const { people } = await profileFolder().open();
    const ada = got(await people.create(ADA)).person;
    const ben = got(await people.create(BEN)).person;
    const refused = { ok: false, error: { code: 'people.not-permitted' } };
    expect(await people.setRetired(ada.id, true)).toMatchObject(refused);
    expect(await people.setRole(ada.id, 'lead')).toMatchObject(refused);
    got(await people.setRole(ben.id, 'admin'));
    got(await people.setRetired(ben.id, true));
    // A retired admin is none.
    expect(await people.setRole(ada.id, 'lead')).toMatchObject(refused);
    got(await people.setRetired(ben.id, false));
    expect(got(await people.setRole(ada.id, 'lead')).role).toBe('lead');
  });

  it('keep retired people out, however right their passphrase', async () => {
    const { people } = await profileFolder().open();
    got(await people.create(ADA));
    const { id } = got(await people.create(BEN)).person;
    got(await people.setRetired(id, true));
    expect(await people.authenticate(id, BEN.passphrase)).toMatchObject({
      error: { code: 'people.not-permitted' },
    });
  });

  it('keep the key with a changed passphrase and make a new one with a reset', async () => {
    const profile = profileFolder();
    const { people } = await profile.open();
    const { person, privateKey } = got(await people.create(ADA));
    expect(await people.changePassphrase(person.id, 'wrong one here', 'another passphrase')).toMatchObject({
      error: { code: 'people.wrong-passphrase' },
    });
    got(await people.changePassphrase(person.id, ADA.passphrase, 'another passphrase'));
    expect(people.list()[0]?.publicKey).toBe(person.publicKey);
    expect((await people.authenticate(person.id, ADA.passphrase)).ok).toBe(false);
    expect((await people.authenticate(person.id, 'another passphrase')).ok).toBe(true);

    const reset = got(await people.resetPassphrase(person.id, 'set by an admin'));
    expect(reset.publicKey).not.toBe(person.publicKey);
    const after = got(await people.authenticate(person.id, 'set by an admin'));
    expect(after.person.publicKey).toBe(reset.publicKey);
    // What was signed before is still known as theirs.
    const signature = signHash(privateKey, 'package', HASH);
    expect(isSignatureValid({ purpose: 'package', hash: HASH, signature, publicKey: person.publicKey })).toBe(
      true,
    );
    expect((await profile.open()).people.findByKey(person.publicKey)?.name).toBe('Ada');
  });
});

describe('a stored key', () => {
  it('opens by the published steps alone: scrypt, HKDF, AES-256-GCM', async () => {
    const profile = profileFolder();
    const { people } = await profile.open();
    const { person } = got(await people.create(ADA));
    const { key } = profile.read('people.json').profiles[0];
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const root = scryptSync(ADA.passphrase, bytes(key.salt), 32, { N: key.N, r: 8, p: 1, maxmem: 2 ** 26 });
    const { createDecipheriv, hkdfSync } = await import('node:crypto');
    const wrapping = Buffer.from(hkdfSync('sha256', root, '', 'groundmark:private-key', 32));
    const decipher = createDecipheriv('aes-256-gcm', wrapping, bytes(key.iv));
    decipher.setAAD(Buffer.from(`${person.id} ${person.publicKey}`));
    decipher.setAuthTag(bytes(key.tag));
    const der = Buffer.concat([decipher.update(bytes(key.ciphertext)), decipher.final()]);
    const opened = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const raw = createPublicKey(opened).export({ format: 'jwk' }).x ?? '';
    expect(Buffer.from(raw, 'base64url').toString('base64')).toBe(person.publicKey);
  });
});

describe('signatures', () => {
  it('are Ed25519 over `groundmark:<purpose>:<hash>`, as any other tool checks them', async () => {
    const { people } = await profileFolder().open();
    const { person, privateKey } = got(await people.create(ADA));
    const signature = signHash(privateKey, 'package', HASH);
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(person.publicKey, 'base64').toString('base64url') },
      format: 'jwk',
    });
    const text = Buffer.from(`groundmark:package:${HASH}`);
    expect(verify(null, text, key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('hold for one purpose, one hash and one key alone; forged ones never', async () => {
    const { people } = await profileFolder().open();
    const ada = got(await people.create(ADA));
    const ben = got(await people.create(BEN));
    const good = {
      purpose: 'package',
      hash: HASH,
      signature: signHash(ada.privateKey, 'package', HASH),
      publicKey: ada.person.publicKey,
    } as const;
    expect(isSignatureValid(good)).toBe(true);
    expect(isSignatureValid({ ...good, purpose: 'audit' })).toBe(false);
    expect(isSignatureValid({ ...good, hash: 'b'.repeat(64) as Sha256 })).toBe(false);
    expect(isSignatureValid({ ...good, publicKey: ben.person.publicKey })).toBe(false);
    expect(isSignatureValid({ ...good, signature: randomBytes(64).toString('base64') })).toBe(false);
    expect(isSignatureValid({ ...good, publicKey: Buffer.alloc(32, 255).toString('base64') })).toBe(false);
    const flipped = Buffer.from(good.signature, 'base64');
    flipped.writeUInt8(flipped.readUInt8(5) ^ 1, 5);
    expect(isSignatureValid({ ...good, signature: flipped.toString('base64') })).toBe(false);
  });
});
