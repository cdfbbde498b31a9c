import { createObservable, type Observable } from '../app/observable';
import type { Command } from '../commands/command';
import { createKeymap, type Keymap } from '../commands/keymap';
import type { Preferences } from '../persistence/ports';
import { type EffectiveKeys, effectiveKeys } from './effective-keys';
import { type KeymapSettings, layersOf, settingsFromStored, settingsToStored } from './keymap-settings';

const PREFERENCE_KEY = 'commands.keymap';

/** The keymap in force; it changes while the app runs, and everything that shows keys follows. */
export interface LiveKeymap extends Keymap {
  readonly settings: Observable<KeymapSettings>;
  readonly effective: EffectiveKeys;
  /** Takes effect at once and is kept. */
  change(settings: KeymapSettings): void;
}

export function createLiveKeymap(commands: readonly Command[], preferences: Preferences): LiveKeymap {
  const settings = createObservable(
    settingsFromStored(preferences.get<unknown>(PREFERENCE_KEY, null), commands),
  );
  let effective = effectiveKeys(commands, layersOf(settings.get()));
  let keymap = createKeymap(commands, effective.keys);
  return {
    settings,
    get effective() {
      return effective;
    },
    find: (chord, place) => keymap.find(chord, place),
    chordsOf: (commandId) => keymap.chordsOf(commandId),
    change(next) {
      effective = effectiveKeys(commands, layersOf(next));
      keymap = createKeymap(commands, effective.keys);
      preferences.set(PREFERENCE_KEY, settingsToStored(next));
      settings.set(next);
    },
  };
}
