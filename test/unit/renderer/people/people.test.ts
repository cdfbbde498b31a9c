import { expect, test } from 'vitest';
import { createJobs } from '../../../../renderer/app/jobs';
import { createNavigation } from '../../../../renderer/app/navigation';
import type { Editor } from '../../../../renderer/editor/editor';
import { initialsOf } from '../../../../renderer/people/avatar';
import { keepIdleLock } from '../../../../renderer/people/keep-idle-lock';
import { createPeople } from '../../../../renderer/people/people';
import type { SessionState } from '../../../../shared/ipc/channels/people';
import { appError } from '../../../../shared/result/app-error';
import { err, ok, type Result } from '../../../../shared/result/result';
import type { PersonId } from '../../../../shared/schema/ids';
import { openFixture, schemaWith, unwrap } from '../persistence/persistence-fixture';

const BEN = '00000000-0000-4000-8000-00000000000b' as PersonId;
const OPEN: SessionState = { kind: 'open', session: null, problem: null };
const SIGNED_IN: SessionState = {
  kind: 'signedIn',
  session: { personId: BEN, name: 'Ben', role: 'labeller' },
  problem: null,
};
const LOCKED: SessionState = { ...SIGNED_IN, kind: 'locked' };
const SIGNED_OUT: SessionState = { kind: 'signedOut', session: null, problem: null };

/** A window whose editor is saved when the test says so. */
async function windowWith(first: SessionState) {
  const { bridge, persistence } = await openFixture();
  const saving: { now: Promise<Result<null>> } = { now: Promise.resolve(ok(null)) };
  const editor = { settled: () => saving.now } as unknown as Editor;
  const jobs = createJobs();
  const navigation = createNavigation({
    screen: 'start',
    projectId: null,
    imageId: null,
    annotationId: null,
    tab: null,
  });
  const people = createPeople({ bridge, persistence, editor }, { jobs, navigation }, first);
  const asked = () => bridge.calls.map(({ channel }) => channel).filter((name) => name !== 'app.info');
  return { bridge, persistence, saving, jobs, navigation, people, asked };
}

test('without profiles the owner works under the name of the settings', async () => {
  const { persistence, people, asked } = await windowWith(OPEN);
  persistence.setActor('Somebody');
  expect(persistence.session()).toEqual({ personId: null, name: 'Somebody', role: 'admin' });
  expect(people.isShut()).toBe(false);
  expect(asked()).toEqual([]);
});

test('who signs in is who writes; a lock leaves it so, and after a sign-out nobody writes', async () => {
  const { bridge, persistence, people } = await windowWith(SIGNED_OUT);
  await Promise.resolve();
  expect([persistence.session(), people.isShut()]).toEqual([null, true]);
  bridge.emit('people.sessionChanged', SIGNED_IN);
  expect([persistence.session(), people.isShut()]).toEqual([SIGNED_IN.session, false]);
  bridge.emit('people.sessionChanged', LOCKED);
  expect([persistence.session(), people.isShut()]).toEqual([SIGNED_IN.session, true]);
  bridge.emit('people.sessionChanged', SIGNED_OUT);
  await Promise.resolve();
  expect(persistence.session()).toBeNull();
});

test('a window that is loaded while the app is locked does not make anybody the owner', async () => {
  const { persistence, people } = await windowWith(LOCKED);
  expect([persistence.session(), people.isShut()]).toEqual([SIGNED_IN.session, true]);
});

test('what is being saved is saved under the name of who edited it', async () => {
  const { bridge, persistence, saving } = await windowWith(SIGNED_IN);
  let saved: (result: Result<null>) => void = () => undefined;
  saving.now = new Promise((resolve) => {
    saved = resolve;
  });
  bridge.emit('people.sessionChanged', SIGNED_OUT);
  await Promise.resolve();
  expect(persistence.session()).toEqual(SIGNED_IN.session);
  saved(ok(null));
  await saving.now;
  await Promise.resolve();
  expect(persistence.session()).toBeNull();
});

test('nobody is signed out while their work runs, is half done or cannot be saved', async () => {
  const { jobs, navigation, people, saving, asked } = await windowWith(SIGNED_IN);
  const job = jobs.start({ title: 'Publishing Street' });
  expect(await people.signOut()).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('Publishing Street') },
  });
  job.done();

  navigation.go({ screen: 'settings' });
  const stop = navigation.guard(() => false);
  expect(await people.signOut()).toMatchObject({ ok: false });
  stop();

  saving.now = Promise.resolve(err(appError('file.disk-full', 'The disk is full.')));
  expect(await people.signOut()).toMatchObject({ ok: false, error: { code: 'file.disk-full' } });
  expect(asked()).not.toContain('people.signOut');

  saving.now = Promise.resolve(ok(null));
  await people.signOut();
  expect(asked()).toContain('people.signOut');
});

test('main hears the idle minutes of the project at hand', async () => {
  const { bridge, persistence, navigation, people, asked } = await windowWith(SIGNED_IN);
  persistence.setSession({ personId: null, name: 'Lead', role: 'lead' });
  const project = unwrap(await persistence.projects.create({ name: 'Street', schema: schemaWith() }));
  const target = new EventTarget();
  keepIdleLock({ bridge, persistence, navigation, people }, target);
  navigation.go({ screen: 'label', projectId: project.id });
  await expect
    .poll(() =>
      bridge.calls.filter(({ channel }) => channel === 'people.setIdleLock').map(({ args }) => args),
    )
    .toEqual([{ minutes: 15 }]);

  // Many moves at once are told once.
  for (let move = 0; move < 100; move += 1) target.dispatchEvent(new Event('pointermove'));
  expect(asked().filter((channel) => channel === 'people.used')).toHaveLength(1);
  bridge.emit('people.sessionChanged', SIGNED_OUT);
  target.dispatchEvent(new Event('keydown'));
  expect(asked().filter((channel) => channel === 'people.used')).toHaveLength(1);
});

test.each([
  ['Ada Lovelace', 'AL'],
  ['ben', 'B'],
  ['  Grace  Brewster Murray Hopper ', 'GH'],
  ['李 小龙', '李小'],
  ['🐴 horse', '🐴H'],
])('initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
