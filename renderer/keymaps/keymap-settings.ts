import { z } from 'zod';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Command } from '../commands/command';
import type { KeyOverrides } from '../commands/keymap';
import { isKeymapPresetId, KEYMAP_PRESETS, type KeymapPresetId } from './presets';
import { reasonAgainstChord } from './reserved-keys';

/** A person's keys: the habits they start from and what they changed. */
export interface KeymapSettings {
  readonly presetId: KeymapPresetId;
  /** Chords by command id, main one first; an empty list takes every key away. */
  readonly changes: KeyOverrides;
}

export const DEFAULT_KEYMAP_SETTINGS: KeymapSettings = { presetId: 'groundmark', changes: {} };

const FORMAT = 'groundmark.keymap';

const KeymapFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  preset: z.string().max(50),
  keys: z
    .record(z.string().max(100), z.array(z.string().max(40)).max(20))
    .refine((keys) => Object.keys(keys).length <= 1000, 'has keys for more than 1,000 commands'),
});

/** The text of a keymap file; equal settings give equal bytes. */
export function writeKeymapFile(settings: KeymapSettings): string {
  const keys = Object.fromEntries(Object.entries(settings.changes).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: FORMAT, version: 1, preset: settings.presetId, keys }, null, 2)}\n`;
}

export interface ReadKeymap {
  readonly settings: KeymapSettings;
  /** What of the file could not be taken over and why, a sentence each. */
  readonly leftOut: readonly string[];
}

/** Reads a keymap file. What is wrong with single keys is listed and left out; `format.invalid-json` for no such file. */
export function readKeymapFile(text: string, commands: readonly Command[]): Result<ReadKeymap> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err(notAKeymap('it is no JSON'));
  }
  const file = KeymapFile.safeParse(value);
  if (!file.success) {
    const [issue] = file.error.issues;
    return err(
      notAKeymap(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not as it should be'}`),
    );
  }
  const leftOut: string[] = [];
  let presetId: KeymapPresetId = 'groundmark';
  if (isKeymapPresetId(file.data.preset)) presetId = file.data.preset;
  else leftOut.push(`There is no preset “${file.data.preset}”; our own keys are used in its place.`);
  const known = new Set(commands.map(({ id }) => id));
  const changes: Record<string, readonly string[]> = {};
  for (const [id, chords] of Object.entries(file.data.keys)) {
    if (!known.has(id)) {
      leftOut.push(`There is no command “${id}”.`);
      continue;
    }
    changes[id] = chords.filter((chord) => {
      const reason = reasonAgainstChord(chord);
      if (reason !== null) leftOut.push(`${id}: ${reason}`);
      return reason === null;
    });
  }
  return ok({ settings: { presetId, changes }, leftOut });
}

/** What is stored may be of another version of the app: whatever is not understood is our own keys. */
export function settingsFromStored(stored: unknown, commands: readonly Command[]): KeymapSettings {
  const read = readKeymapFile(JSON.stringify(stored ?? null), commands);
  return read.ok ? read.value.settings : DEFAULT_KEYMAP_SETTINGS;
}

export function settingsToStored(settings: KeymapSettings): unknown {
  return JSON.parse(writeKeymapFile(settings));
}

/** Layers for `effectiveKeys`, weakest first. */
export function layersOf(settings: KeymapSettings): readonly KeyOverrides[] {
  return [KEYMAP_PRESETS[settings.presetId].keys, settings.changes];
}

function notAKeymap(why: string) {
  return appError(
    'usage.bad-arguments',
    `This file is no keymap: ${why}. Choose a file that “Export keys…” has written.`,
  );
}
