import fs from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import { createAdmission, sessionOf } from '../../../../electron/ipc/admission';
import { answerCall, type ChannelHandlers } from '../../../../electron/ipc/answer-call';
import { openLog } from '../../../../electron/log/log-file';
import { createIdleLock } from '../../../../electron/people/idle-lock';
import { createPeopleChannels } from '../../../../electron/people/people-channels';
import { createSessionKeeper } from '../../../../electron/people/session-keeper';
import { CHANNELS, type ChannelName, type EventPayload, type Reply } from '../../../../shared/ipc/contract';
import { isPermitted } from '../../../../shared/people/permissions';
import { ok } from '../../../../shared/result/result';
import type { PersonId, Sha256 } from '../../../../shared/schema/ids';
import type { Person } from '../../../../shared/schema/person';
import { ADA, BEN, profileFolder } from './people-fixture';

const HASH = 'd'.repeat(64) as Sha256;
const JOB = '7e57ab1e-0000-4000-8000-000000000001';

type State = EventPayload<'people.sessionChanged'>;

/** The router with the real people behind it. Handlers of other channels only say that they were reached. */
async function routerWith(profile = profileFolder()) {
  const { people, installation } = await profile.open();
  const log = openLog(path.join(profile.folder, 'logs'));
  const keeper = createSessionKeeper(people);
  const states: State[] = [];
  const idleLock = createIdleLock(keeper.lock);
  const session = () => sessionOf(keeper.state(), 'owner');
  const reached: string[] = [];
  const others = Object.fromEntries(
    Object.keys(CHANNELS).map((channel) => [
      channel,
      async () => {
        reached.push(channel);
        return ok(null);
      },
    ]),
  );
  const handlers = {
    ...others,
    ...createPeopleChannels({
      people,
      keeper,
      installation,
      idleLock,
      session,
      log,
      emit: (_event, payload) => states.push(payload as State),
    }),
  } as unknown as ChannelHandlers;
  const call = (channel: string, args: unknown): Promise<Reply<unknown>> =>
    answerCall(handlers, channel, args, {
      context: { window: {} as BrowserWindow, emit: () => undefined },
      admit: createAdmission(keeper.state, 'owner'),
      reportFailure: (name, { message, code, details }) =>
        log.write('warning', message, { channel: name, code, details, by: session().name }),
    });
  const made = async (channel: string, args: unknown) => {
    const reply = await call(channel, args);
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  };
  return {
    profile,
    call,
    made,
    keeper,
    reached,
    states,
    logText: () => (fs.existsSync(log.file) ? fs.readFileSync(log.file, 'utf8') : ''),
    stop: () => idleLock.stop(),
  };
}

/** Ada the admin and Ben the labeller; Ben is signed in. */
async function withBenSignedIn() {
  const router = await routerWith();
  const ada = (await router.made('people.create', ADA)) as { id: PersonId };
  const ben = (await router.made('people.create', BEN)) as Person;
  await router.made('people.signIn', { personId: ben.id, passphrase: BEN.passphrase });
  router.stop();
  return { ...router, ada, ben };
}

const NOT_PERMITTED = { ok: false, error: { code: 'people.not-permitted' } };

describe('without profiles', () => {
  it('everybody is the owner, and signs with the key of the installation', async () => {
    const { call, keeper } = await routerWith();
    expect(keeper.state()).toEqual({ kind: 'open', session: null, problem: null });
    const audit = (await call('people.sign', { purpose: 'audit', hash: HASH })) as never as {
      value: { signature: string; publicKey: string };
    };
    const parcel = (await call('people.sign', { purpose: 'package', hash: HASH })) as never as typeof audit;
    expect(parcel.value.publicKey).toBe(audit.value.publicKey);
    expect(await call('people.ownKey', {})).toEqual({ ok: true, value: audit.value.publicKey });
    expect(await call('people.verify', { purpose: 'audit', hash: HASH, ...audit.value })).toEqual({
      ok: true,
      value: { isValid: true, signer: { kind: 'installation', personId: null, name: null } },
    });
    // The same signature for another purpose.
    expect(await call('people.verify', { purpose: 'package', hash: HASH, ...audit.value })).toMatchObject({
      value: { isValid: false },
    });
  });

  it('the first profile is signed in as soon as it is made', async () => {
    const { made, keeper, states, stop } = await routerWith();
    await made('people.create', { ...ADA, role: 'labeller' });
    stop();
    expect(keeper.state()).toMatchObject({ kind: 'signedIn', session: { name: 'Ada', role: 'admin' } });
    expect(states.at(-1)).toMatchObject({ kind: 'signedIn' });
  });
});

describe('a labeller', () => {
  it('cannot raise a role, make, rename, retire or reset anybody, and the log says who tried', async () => {
    const { call, ada, ben, logText, profile } = await withBenSignedIn();
    const before = fs.readFileSync(profile.file('people.json'), 'utf8');
    for (const [channel, args] of [
      ['people.setRole', { personId: ben.id, role: 'admin' }],
      ['people.create', { name: 'Cy', role: 'admin', passphrase: 'let me in please' }],
      ['people.rename', { personId: ada.id, name: 'Ben the admin' }],
      ['people.retire', { personId: ada.id, isRetired: true }],
      ['people.resetPassphrase', { personId: ada.id, passphrase: 'mine from now on' }],
      ['people.sign', { purpose: 'audit', hash: HASH }],
    ] as const) {
      expect(await call(channel, args), channel).toMatchObject(NOT_PERMITTED);
      const last = JSON.parse(logText().trimEnd().split('\n').at(-1) ?? '');
      expect(last).toMatchObject({ level: 'warning', channel, code: 'people.not-permitted', by: 'Ben' });
    }
    expect(fs.readFileSync(profile.file('people.json'), 'utf8')).toBe(before);
    expect(logText()).not.toMatch(/let me in please|mine from now on/);
  });

  it('reaches no handler of what is for others, whatever the message looks like', async () => {
    const { call, reached } = await withBenSignedIn();
    const forOthers = Object.entries(CHANNELS).flatMap(([channel, row]) =>
      'deed' in row && !isPermitted('labeller', row.deed) ? [channel] : [],
    );
    expect(forOthers).toEqual(
      expect.arrayContaining([
        'lake.publishFinish',
        'lake.export',
        'bundle.begin',
        'bundle.open',
        'package.begin',
        'package.openReturn',
        'backup.read',
      ]),
    );
    for (const channel of forOthers) {
      for (const args of [
        {},
        null,
        { jobId: JOB },
        { jobId: JOB, session: { role: 'admin' }, role: 'admin' },
      ]) {
        expect(await call(channel, args), channel).toMatchObject(NOT_PERMITTED);
      }
    }
    expect(reached).toEqual([]);
  });

  it('may give work back, which is all of work apart that is theirs', async () => {
    const { made, reached } = await withBenSignedIn();
    await made('package.beginReturn', { jobId: JOB, suggestedName: 'Evening' });
    expect(reached).toEqual(['package.beginReturn']);
  });

  it('signs a package with their own key', async () => {
    const { call, made, ben } = await withBenSignedIn();
    expect(await made('people.ownKey', {})).toBe(ben.publicKey);
    const signed = (await call('people.sign', { purpose: 'package', hash: HASH })) as never as {
      value: object;
    };
    expect(await call('people.verify', { purpose: 'package', hash: HASH, ...signed.value })).toMatchObject({
      value: { isValid: true, signer: { kind: 'person', personId: ben.id, name: 'Ben' } },
    });
    const forged = { ...signed.value, signature: `${'A'.repeat(86)}==` };
    expect(await call('people.verify', { purpose: 'package', hash: HASH, ...forged })).toMatchObject({
      value: { isValid: false },
    });
    const foreign = { ...signed.value, publicKey: `${'A'.repeat(43)}=` };
    expect(await call('people.verify', { purpose: 'package', hash: HASH, ...foreign })).toMatchObject({
      value: { isValid: false, signer: { kind: 'unknown' } },
    });
  });
});

describe('while nobody is signed in, or the person is away', () => {
  const OPEN: readonly string[] = [
    'app.info',
    'app.readyToClose',
    'backup.append',
    'backup.begin',
    'backup.finish',
    'log.reveal',
    'log.write',
    'menu.set',
    'people.list',
    'people.session',
    'people.signIn',
    'people.signOut',
  ];
  const CONTINUED: readonly string[] = [
    'bundle.append',
    'bundle.close',
    'bundle.finish',
    'bundle.read',
    'bundle.unpackPictures',
    'labels.acknowledge',
    'lake.publishAppend',
    'lake.publishFinish',
    'scan.acknowledge',
    'thumbnail.put',
  ];

  /** Channels that a call gets past the door of. */
  async function answered(call: (channel: string, args: unknown) => Promise<Reply<unknown>>) {
    const open: string[] = [];
    for (const channel of Object.keys(CHANNELS) as ChannelName[]) {
      // Signing out would change what is asked about.
      if (channel === 'people.signOut') continue;
      const reply = await call(channel, null);
      if (reply.ok || reply.error.code !== 'people.not-permitted') open.push(channel);
    }
    return [...open, 'people.signOut'].sort();
  }

  it('every channel is refused but for a few', async () => {
    const { call, made } = await withBenSignedIn();
    await made('people.signOut', {});
    expect(await answered(call)).toEqual(OPEN);
  });

  it('a lock lets what was begun go on, within the role', async () => {
    const router = await routerWith();
    await router.made('people.create', ADA);
    await router.made('people.lock', {});
    expect(await answered(router.call)).toEqual([...OPEN, ...CONTINUED].sort());
    const asBen = await withBenSignedIn();
    await asBen.made('people.lock', {});
    expect(await answered(asBen.call)).not.toContain('lake.publishFinish');
  });

  it('a lock takes the key out of memory, and the same passphrase brings it back', async () => {
    const { call, made, keeper, ben, stop } = await withBenSignedIn();
    await made('people.lock', {});
    expect([keeper.state().kind, keeper.signingKey()]).toEqual(['locked', null]);
    expect(await call('people.signIn', { personId: ben.id, passphrase: 'not this one' })).toMatchObject({
      error: { code: 'people.wrong-passphrase' },
    });
    expect(keeper.state().kind).toBe('locked');
    await made('people.signIn', { personId: ben.id, passphrase: BEN.passphrase });
    stop();
    expect(keeper.state().kind).toBe('signedIn');
  });
});

describe('the log', () => {
  it('has wrong passphrases with who was tried, and never what was typed', async () => {
    const { call, ben, logText } = await withBenSignedIn();
    for (const passphrase of ['a wrong guess', 'x'.repeat(5000), 7, '']) {
      expect((await call('people.signIn', { personId: ben.id, passphrase })).ok).toBe(false);
    }
    expect(logText()).toContain('"people.wrong-passphrase"');
    expect(logText()).toContain(ben.id);
    expect(logText()).not.toContain('a wrong guess');
    expect(logText()).not.toContain('xxxxx');
    expect(logText()).not.toContain(BEN.passphrase);
  });
});

describe('who is signed in', () => {
  it('has a changed role at once, and is out when retired or reset', async () => {
    const { made, keeper, ada, stop } = await withBenSignedIn();
    await made('people.signIn', { personId: ada.id, passphrase: ADA.passphrase });
    const cy = (await made('people.create', {
      name: 'Cy',
      role: 'admin',
      passphrase: 'paper of staples',
    })) as {
      id: PersonId;
    };
    await made('people.setRole', { personId: ada.id, role: 'lead' });
    expect(keeper.state().session?.role).toBe('lead');
    await made('people.signIn', { personId: cy.id, passphrase: 'paper of staples' });
    await made('people.resetPassphrase', { personId: cy.id, passphrase: 'another one here' });
    expect(keeper.state().kind).toBe('signedOut');
    stop();
  });
});
