import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADA, BEN, got, profileFolder } from './people-fixture';

/** A folder with an admin and a labeller, as two starts of the app left it. */
async function withTwoPeople() {
  const profile = profileFolder();
  const { people } = await profile.open();
  const ada = got(await people.create(ADA)).person;
  const ben = got(await people.create(BEN)).person;
  return { ...profile, ada, ben };
}

describe('a profile file that was edited', () => {
  it('is put aside for its sealed copy: the labeller who made herself admin is a labeller', async () => {
    const { open, read, write, folder, ben } = await withTwoPeople();
    const edited = read('people.json');
    edited.profiles[1].person.role = 'admin';
    write('people.json', edited);
    const { people } = await open();
    expect(people.problem).toMatchObject({ kind: 'restored' });
    expect(got(await people.authenticate(ben.id, BEN.passphrase)).person.role).toBe('labeller');
    expect(fs.readdirSync(folder).some((name) => name.startsWith('people.json.damaged-'))).toBe(true);
    expect((await open()).people.problem).toBeNull();
  });

  it('together with its copy brings safe mode: nobody is more than labeller, and nothing is changed', async () => {
    const { open, read, write, file, ada, ben } = await withTwoPeople();
    const edited = read('people.json');
    edited.profiles[1].person.role = 'admin';
    write('people.json', edited);
    write('people.json.copy', edited);
    const before = fs.readFileSync(file('people.json'), 'utf8');
    const { people } = await open();
    expect(people.problem).toMatchObject({ kind: 'safeMode' });
    expect(got(await people.authenticate(ben.id, BEN.passphrase)).person.role).toBe('labeller');
    expect(got(await people.authenticate(ada.id, ADA.passphrase)).person.role).toBe('labeller');
    for (const attempt of [
      people.create({ name: 'Cy', role: 'admin', passphrase: 'let me in please' }),
      people.setRole(ben.id, 'admin'),
      people.setRetired(ada.id, true),
      people.resetPassphrase(ada.id, 'mine from now on'),
      people.changePassphrase(ada.id, ADA.passphrase, 'mine from now on'),
    ]) {
      expect(await attempt).toMatchObject({ ok: false, error: { code: 'people.not-permitted' } });
    }
    expect(fs.readFileSync(file('people.json'), 'utf8')).toBe(before);
  });

  it('with a key of somebody else over another profile opens with neither passphrase', async () => {
    const { open, read, write, ada } = await withTwoPeople();
    const edited = read('people.json');
    // Ben's passphrase over Ada's profile.
    edited.profiles[0].key = edited.profiles[1].key;
    write('people.json', edited);
    write('people.json.copy', edited);
    const { people } = await open();
    expect((await people.authenticate(ada.id, BEN.passphrase)).ok).toBe(false);
    expect((await people.authenticate(ada.id, ADA.passphrase)).ok).toBe(false);
  });
});

describe('an older profile file', () => {
  it('does not bring back what was taken away', async () => {
    const { open, file, ada, ben } = await withTwoPeople();
    const first = await open();
    got(await first.people.setRole(ben.id, 'lead'));
    const older = [file('people.json'), file('people.json.copy')].map((name) => fs.readFileSync(name));
    got(await first.people.setRole(ben.id, 'labeller'));
    fs.writeFileSync(file('people.json'), older[0] ?? '');
    fs.writeFileSync(file('people.json.copy'), older[1] ?? '');
    const { people } = await open();
    expect(people.problem).toMatchObject({ kind: 'safeMode' });
    expect(got(await people.authenticate(ada.id, ADA.passphrase)).person.role).toBe('labeller');
  });
});

describe('a profile file that is gone or unreadable', () => {
  it.each(['people.json', 'people.json.copy'])('is made good from the other: %s', async (lost) => {
    const { open, file, ada } = await withTwoPeople();
    fs.rmSync(file(lost));
    const { people } = await open();
    expect(people.list()).toHaveLength(2);
    expect(got(await people.authenticate(ada.id, ADA.passphrase)).person.role).toBe('admin');
  });

  it('opens nothing: nobody is the owner when both files were deleted', async () => {
    const { open, file } = await withTwoPeople();
    fs.rmSync(file('people.json'));
    fs.rmSync(file('people.json.copy'));
    const { people } = await open();
    expect([people.hasProfiles(), people.list(), people.problem?.kind]).toEqual([true, [], 'safeMode']);
    expect((await people.create({ name: 'Cy', role: 'admin', passphrase: 'let me in please' })).ok).toBe(
      false,
    );
  });

  it.each(['', '{', '[]', '{"version":1,"revision":1,"profiles":[],"seal":""}', 'null'])(
    'opens nothing: %s in both',
    async (text) => {
      const { open, file } = await withTwoPeople();
      fs.writeFileSync(file('people.json'), text);
      fs.writeFileSync(file('people.json.copy'), text);
      const { people } = await open();
      expect([people.hasProfiles(), people.problem?.kind]).toEqual([true, 'safeMode']);
      // What was there stays, for whoever mends it.
      expect(fs.readFileSync(file('people.json'), 'utf8')).toBe(text);
    },
  );

  it('is whole again when the right file is put back', async () => {
    const { open, file } = await withTwoPeople();
    const right = fs.readFileSync(file('people.json'));
    fs.rmSync(file('people.json'));
    fs.rmSync(file('people.json.copy'));
    expect((await open()).people.problem?.kind).toBe('safeMode');
    fs.writeFileSync(file('people.json'), right);
    expect((await open()).people.problem).toBeNull();
  });
});

describe("the installation's key", () => {
  it('that is damaged is put aside, and profiles without it are not believed', async () => {
    const { open, file } = await withTwoPeople();
    fs.writeFileSync(file('installation.json'), '{"version":1');
    const { people, damaged } = await open();
    expect(damaged).toHaveLength(1);
    expect(people.problem?.kind).toBe('safeMode');
  });

  it('that was exchanged for another makes no seal hold', async () => {
    const { open, write } = await withTwoPeople();
    const other = profileFolder();
    got(await (await other.open()).people.create(ADA));
    write('installation.json', other.read('installation.json'));
    expect((await open()).people.problem?.kind).toBe('safeMode');
  });

  it('whose public half was exchanged signs nothing', async () => {
    const { open, read, write } = await withTwoPeople();
    const other = profileFolder();
    got(await (await other.open()).people.create(ADA));
    const { publicKey } = other.read('installation.json');
    write('installation.json', { ...read('installation.json'), publicKey });
    const { installation } = await open();
    expect((await installation.sign('audit', 'c'.repeat(64) as never)).ok).toBe(false);
  });

  it('lies in the key ring where there is one, and is refused with words where it has gone', async () => {
    const { open, read } = profileFolder();
    const keyRing = {
      isAvailable: () => true,
      encrypt: (text: string) => Buffer.from([...text].reverse().join('')),
      decrypt: (encrypted: Buffer) => [...encrypted.toString()].reverse().join(''),
    };
    const first = await open(keyRing);
    got(await first.people.create(ADA));
    expect(read('installation.json').privateKey.form).toBe('system');
    expect((await (await open(keyRing)).installation.sign('audit', 'c'.repeat(64) as never)).ok).toBe(true);
    const without = await (await open(null)).installation.sign('audit', 'c'.repeat(64) as never);
    expect(without).toMatchObject({ ok: false, error: { code: 'people.unknown' } });
  });
});
