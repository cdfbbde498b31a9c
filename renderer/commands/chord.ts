/** A key as text, e.g. `Mod+Shift+Z`, `Delete`, `?`. `Mod` is Cmd on a Mac and Ctrl elsewhere; the order is Mod, Ctrl, Alt, Shift, key. */
export type Chord = string;

/** The part of a KeyboardEvent that says which chord it is. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const BARE_MODIFIERS: ReadonlySet<string> = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
]);

/**
 * The chord of a key press, null for a bare modifier. Shift counts only for letters and named keys: on a printed
 * sign like `?` it is part of the sign, and differs between keyboard layouts.
 */
export function chordOf(press: KeyPress, isMac: boolean): Chord | null {
  if (BARE_MODIFIERS.has(press.key)) return null;
  const hasMod = isMac ? press.metaKey : press.ctrlKey;
  const key = keyName(press);
  const parts: string[] = [];
  if (hasMod) parts.push('Mod');
  if (isMac && press.ctrlKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && isShiftPartOfChord(press)) parts.push('Shift');
  parts.push(key);
  return parts.join('+');
}

function isShiftPartOfChord({ key, code }: KeyPress): boolean {
  const isNamed = key.length > 1 || key === ' ';
  const isDigitKey = /^Digit\d$/.test(code) && /^\d$/.test(key);
  return isNamed || isDigitKey || /^\p{L}$/u.test(key);
}

function keyName(press: KeyPress): string {
  // With Alt a Mac types a sign (⌥1 is ¡); the key that was meant is the physical one.
  const physical = press.altKey ? /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code)?.[1] : undefined;
  if (physical !== undefined) return physical;
  if (press.key === ' ') return 'Space';
  if (press.key === '+') return 'Plus';
  return press.key.length === 1 ? press.key.toUpperCase() : press.key;
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Plus: '+',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
};

/** The chord as a person reads it: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function chordForDisplay(chord: Chord, isMac: boolean): string {
  const parts = chord.split('+');
  if (!isMac) return parts.map((part) => NAMES[part] ?? part).join('+');
  const key = parts[parts.length - 1] ?? '';
  const signs = ['Ctrl', 'Alt', 'Shift', 'Mod'].filter((part) => parts.includes(part));
  return `${signs.map((part) => MAC_SIGNS[part] ?? '').join('')}${NAMES[key] ?? key}`;
}

const ACCELERATOR_NAMES: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/** The chord in Electron's spelling, for showing beside a native menu item. */
export function acceleratorOf(chord: Chord): string {
  return chord
    .split('+')
    .map((part) => ACCELERATOR_NAMES[part] ?? part)
    .join('+');
}
