import { expect, test } from 'vitest';
import { createToasts } from '../../../../renderer/app/toasts';
import type { Command, CommandContext, CommandScope } from '../../../../renderer/commands/command';
import { createCommandHost } from '../../../../renderer/commands/create-command-host';
import { createKeymap } from '../../../../renderer/commands/keymap';
import { createPreferences } from '../../../../renderer/persistence/preferences';

/** A workspace that takes as long to open an image as the test wants. */
function withCommands(...commands: readonly Command[]) {
  const state = { opening: null as Promise<void> | null };
  const toasts = createToasts(() => undefined);
  const host = createCommandHost({
    commands,
    keymap: createKeymap(commands),
    context: () =>
      ({ services: {}, workspace: { opening: () => state.opening } }) as unknown as CommandContext,
    toasts,
    preferences: createPreferences(null),
    isMac: false,
    isShut: () => false,
  });
  return { host, state, toasts };
}

const command = (
  id: string,
  run: Command['run'],
  part: { scope?: CommandScope; isAvailable?: Command['isAvailable']; isQuiet?: boolean } = {},
): Command => ({
  id,
  label: `Run ${id}`,
  category: 'Edit',
  scope: part.scope ?? 'label',
  keys: ['Mod+X'],
  isAvailable: part.isAvailable ?? (() => true),
  run,
  ...(part.isQuiet === undefined ? {} : { isQuiet: part.isQuiet }),
});

test('with nothing loading a command runs before the call returns', () => {
  const done: string[] = [];
  const { host } = withCommands(command('a.run', () => void done.push('a')));
  void host.run('a.run');
  expect(done).toEqual(['a']);
});

test('commands about images wait for the image that is being opened, in the order they were asked for', async () => {
  const done: string[] = [];
  const { host, state } = withCommands(
    command('a.run', () => void done.push('a')),
    command('b.run', () => void done.push('b')),
    command('c.run', () => void done.push('c'), { scope: 'app' }),
  );
  let opened: () => void = () => undefined;
  state.opening = new Promise((resolve) => {
    opened = resolve;
  });
  const ended = [host.run('a.run'), host.run('b.run'), host.run('c.run')];
  await Promise.resolve();
  expect(done).toEqual(['c']);
  state.opening = null;
  opened();
  await Promise.all(ended);
  expect(done).toEqual(['c', 'a', 'b']);
});

test('a command that takes long holds back the next one, and its failure does not', async () => {
  const done: string[] = [];
  const { host } = withCommands(
    command('slow.run', async () => {
      await Promise.resolve();
      done.push('slow');
      throw new Error('broken');
    }),
    command('next.run', () => void done.push('next')),
  );
  const slow = host.run('slow.run').catch(() => 'failed');
  await host.run('next.run');
  expect(await slow).toBe('failed');
  expect(done).toEqual(['slow', 'next']);
});

test('what is not available says why and does not run', async () => {
  const done: string[] = [];
  const { host, toasts } = withCommands(
    command('a.run', () => void done.push('a'), { isAvailable: () => 'Open an image first.' }),
  );
  await host.run('a.run');
  expect(done).toEqual([]);
  expect(toasts.shown.get().map(({ message }) => message)).toEqual(['Open an image first.']);
});

test('recent holds what was chosen by name, last first, and not what keys did', async () => {
  const { host } = withCommands(
    command('a.run', () => undefined),
    command('b.run', () => undefined),
    command('q.run', () => undefined, { isQuiet: true }),
  );
  await host.run('a.run');
  await host.run('b.run');
  await host.run('a.run', 'Mod+X');
  await host.run('q.run');
  expect(host.recent.get()).toEqual(['b.run', 'a.run']);
});

test('tooltips name the key', () => {
  const { host } = withCommands(command('a.run', () => undefined));
  expect(host.tooltip('a.run')).toBe('Run a.run (Ctrl+X)');
});
