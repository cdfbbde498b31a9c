import type { KeyOverrides } from '../commands/keymap';

/**
 * The keys that people bring from another tool. Only what differs from our own keys is listed: a key that a preset
 * gives to a command is taken from whichever command has it by default.
 */
export interface KeymapPreset {
  readonly id: string;
  /** The tool's name. */
  readonly title: string;
  /** What of that tool's habits has no counterpart here, or works in another way; for a person, may be empty. */
  readonly note: string;
  readonly keys: KeyOverrides;
}
