import type { Chord } from '../commands/chord';
import type { Command } from '../commands/command';
import type { KeyOverrides } from '../commands/keymap';

/** A key that a command would have and that another one has taken. */
export interface TakenKey {
  readonly chord: Chord;
  readonly from: string;
  readonly by: string;
}

export interface EffectiveKeys {
  /** Chords by command id, for every command. */
  readonly keys: KeyOverrides;
  readonly taken: readonly TakenKey[];
}

/**
 * Who has which key when habits lie over one another: what a later layer says wins over an earlier one and over the
 * commands' own keys, and a key that it gives to one command is taken from the others. Own keys may be shared between
 * the canvas and the rest of the screen (Tab), which is why they are only compared with layers, not with one another.
 */
export function effectiveKeys(commands: readonly Command[], layers: readonly KeyOverrides[]): EffectiveKeys {
  const owner = new Map<Chord, string>();
  // Without a prototype: ids come from files too.
  const keys: Record<string, readonly Chord[]> = Object.create(null);
  const taken: TakenKey[] = [];
  const give = (id: string, wanted: readonly Chord[], isClaiming: boolean): void => {
    keys[id] = wanted.filter((chord) => {
      const by = owner.get(chord);
      if (by !== undefined && by !== id) {
        taken.push({ chord, from: id, by });
        return false;
      }
      if (isClaiming) owner.set(chord, id);
      return true;
    });
  };
  for (const layer of [...layers].reverse()) {
    for (const { id } of commands) {
      const wanted = Object.hasOwn(layer, id) ? layer[id] : undefined;
      if (wanted !== undefined && keys[id] === undefined) give(id, wanted, true);
    }
  }
  for (const { id, keys: own } of commands) if (keys[id] === undefined) give(id, own, false);
  return { keys, taken };
}
