import type { Chord } from '../commands/chord';

/** Mod, Ctrl, Alt, Shift, key, as `chordOf` spells them. */
const CHORD = /^(Mod\+)?(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z]|\d|F\d{1,2}|[^A-Za-z0-9+\s]|[A-Z][a-z]+[A-Za-z]*)$/;

/** What the tools hear on the canvas: they mean something else in every state of a drawing. */
const OF_TOOLS = /^((Alt|Shift)\+)*(Arrow\w+|Enter|Escape|Space)$/;

/** Why a key cannot be given to a command, in words for a person; null when it can. */
export function reasonAgainstChord(chord: Chord): string | null {
  if (chord.length > 40 || !CHORD.test(chord)) return `“${chord.slice(0, 40)}” is no key that can be heard.`;
  if (OF_TOOLS.test(chord))
    return 'Arrows, Enter, Escape and Space belong to the drawing tools. Add Ctrl, or choose another key.';
  return null;
}
