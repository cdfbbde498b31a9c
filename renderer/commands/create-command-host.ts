import { createObservable } from '../app/observable';
import type { Toasts } from '../app/toasts';
import type { Preferences } from '../persistence/ports';
import { type Chord, chordForDisplay } from './chord';
import type { Command, CommandContext } from './command';
import type { CommandHost } from './command-host';
import type { Keymap } from './keymap';

const RECENT_KEY = 'commands.recent';
const MOST_RECENT = 12;

/** `context` is asked at each call, so that commands always see the screen as it is now. */
export function createCommandHost(input: {
  readonly commands: readonly Command[];
  readonly keymap: Keymap;
  readonly context: () => CommandContext;
  readonly toasts: Toasts;
  readonly preferences: Preferences;
  readonly isMac: boolean;
  /** True while the app waits for a passphrase: no key and no menu does anything then. */
  readonly isShut: () => boolean;
}): CommandHost {
  const byId = new Map(input.commands.map((command) => [command.id, command]));
  const recent = createObservable(input.preferences.get<readonly string[]>(RECENT_KEY, []));

  const availability = (id: string): true | string => {
    const command = byId.get(id);
    return command === undefined ? `There is no command ${id}.` : command.isAvailable(input.context());
  };
  const keysForDisplay = (id: string) => {
    const [main] = input.keymap.chordsOf(id);
    return main === undefined ? '' : chordForDisplay(main, input.isMac);
  };
  const remember = (id: string) => {
    recent.update((ids) => [id, ...ids.filter((other) => other !== id)].slice(0, MOST_RECENT));
    input.preferences.set(RECENT_KEY, recent.get());
  };

  const execute = async (id: string, chord: Chord | null): Promise<void> => {
    const command = byId.get(id);
    const reason = availability(id);
    if (command === undefined || reason !== true) {
      input.toasts.show({ message: reason === true ? id : reason });
      return;
    }
    if (chord === null && command.isQuiet !== true) remember(id);
    await command.run(input.context(), chord);
  };

  /**
   * The last command about images that has not ended. "Next, confirm empty" typed fast must confirm the next image,
   * not the one that is still on screen while the next one loads.
   */
  let queue: Promise<void> | null = null;
  const afterEarlier = async (id: string, chord: Chord | null, opening: Promise<void> | null) => {
    await queue?.catch(() => undefined);
    await (input.context().workspace?.opening() ?? opening);
    await execute(id, chord);
  };

  return {
    all: input.commands,
    recent,
    get: (id) => byId.get(id) ?? null,
    availability,
    keysForDisplay,
    allKeysForDisplay: (id) => input.keymap.chordsOf(id).map((chord) => chordForDisplay(chord, input.isMac)),
    tooltip(id) {
      const keys = keysForDisplay(id);
      const label = byId.get(id)?.label ?? id;
      return keys === '' ? label : `${label} (${keys})`;
    },
    run(id: string, chord: Chord | null = null) {
      if (input.isShut()) return Promise.resolve();
      const isAboutImage = (byId.get(id)?.scope ?? 'app') !== 'app';
      if (!isAboutImage) return execute(id, chord);
      const opening = input.context().workspace?.opening() ?? null;
      // Nothing is waited for: at once, so that a key acts before the next one is pressed.
      const run = queue === null && opening === null ? execute(id, chord) : afterEarlier(id, chord, opening);
      const tail = run.finally(() => {
        if (queue === tail) queue = null;
      });
      queue = tail;
      return tail;
    },
  };
}
