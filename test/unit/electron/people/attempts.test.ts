import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADA, BEN, got, profileFolder } from './people-fixture';

const WRONG = 'certainly not this';

async function withAda() {
  const profile = profileFolder();
  const { people } = await profile.open();
  const { id } = got(await people.create(ADA)).person;
  return { ...profile, people, id };
}

describe('guessing a passphrase', () => {
  it('is free three times, then waits 30 s, 60 s, 120 s …, up to an hour', async () => {
    const { people, id, clock } = await withAda();
    const waits: unknown[] = [];
    for (let round = 0; round < 12; round += 1) {
      let refusal = await people.authenticate(id, WRONG);
      while (!refusal.ok && refusal.error.code === 'people.wrong-passphrase') {
        refusal = await people.authenticate(id, WRONG);
      }
      const wait = refusal.ok ? 0 : Number(refusal.error.details.waitInSeconds);
      waits.push(wait);
      clock.now += wait * 1000;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, 3600]);
  });

  it('says when to try again, and does not look at a right passphrase before', async () => {
    const { people, id, clock } = await withAda();
    for (let at = 0; at < 3; at += 1) await people.authenticate(id, WRONG);
    const until = new Date(clock.now + 30_000).toISOString();
    expect(await people.authenticate(id, ADA.passphrase)).toMatchObject({
      error: { code: 'people.locked-out', details: { until, waitInSeconds: 30 } },
    });
    clock.now += 30_000;
    expect((await people.authenticate(id, ADA.passphrase)).ok).toBe(true);
    // Right: forgotten.
    expect(await people.authenticate(id, WRONG)).toMatchObject({
      error: { code: 'people.wrong-passphrase' },
    });
  });

  it('is not helped by a restart, nor by a clock that is set back', async () => {
    const { open, people, id, clock } = await withAda();
    for (let at = 0; at < 3; at += 1) await people.authenticate(id, WRONG);
    clock.now -= 86_400_000;
    const again = await open();
    expect(await again.people.authenticate(id, ADA.passphrase)).toMatchObject({
      error: { code: 'people.locked-out', details: { waitInSeconds: 30 } },
    });
  });

  it('is not helped by asking many times at once', async () => {
    const { people, id } = await withAda();
    const answers = await Promise.all(Array.from({ length: 40 }, () => people.authenticate(id, WRONG)));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes.filter((code) => code === 'people.wrong-passphrase')).toHaveLength(3);
    expect(codes.filter((code) => code === 'people.locked-out')).toHaveLength(37);
  });

  it('is counted before the passphrase is looked at, so that ending the app in between spends the try', async () => {
    const { open, id, attempts } = await (async () => {
      const made = await withAda();
      return { ...made, attempts: (await made.open()).attempts };
    })();
    for (let at = 0; at < 3; at += 1) await attempts.begin(id);
    expect((await (await open()).people.authenticate(id, ADA.passphrase)).ok).toBe(false);
  });

  it('of many profiles in turn is slowed down as well', async () => {
    const { people } = await profileFolder().open();
    got(await people.create(ADA));
    const ids = [];
    for (const letter of 'bcdefghijk') {
      ids.push(got(await people.create({ ...BEN, name: letter.repeat(3) })).person.id);
    }
    for (const id of ids) {
      expect(await people.authenticate(id, WRONG)).toMatchObject({
        error: { code: 'people.wrong-passphrase' },
      });
    }
    const [first] = ids;
    expect(first === undefined ? null : await people.authenticate(first, WRONG)).toMatchObject({
      error: { code: 'people.locked-out' },
    });
  });

  it('is not helped by damaging the count', async () => {
    const { open, file, id } = await withAda();
    fs.writeFileSync(file('people-attempts.json'), '{"version":1,');
    expect(await (await open()).people.authenticate(id, ADA.passphrase)).toMatchObject({
      error: { code: 'people.locked-out', details: { waitInSeconds: 30 } },
    });
  });

  it('holds for changing one’s own passphrase too', async () => {
    const { people, id } = await withAda();
    for (let at = 0; at < 3; at += 1) await people.changePassphrase(id, WRONG, 'another passphrase');
    expect(await people.changePassphrase(id, ADA.passphrase, 'another passphrase')).toMatchObject({
      error: { code: 'people.locked-out' },
    });
  });
});
