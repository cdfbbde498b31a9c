import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS } from '../../renderer/commands';
import type { Command } from '../../renderer/commands/command';
import { effectiveKeys } from '../../renderer/keymaps/effective-keys';
import { KEYMAP_PRESETS } from '../../renderer/keymaps/presets';

const folder = path.resolve(import.meta.dirname, '../../renderer/keymaps/presets');
const commands: readonly Command[] = Object.values(COMMANDS);
const ids = new Set(commands.map(({ id }) => id));
const presets = Object.entries(KEYMAP_PRESETS);

test('the registry names every preset of the folder', () => {
  const files = fs.readdirSync(folder).map((file) => path.parse(file).name);
  expect([...Object.keys(KEYMAP_PRESETS), 'index'].sort()).toEqual(files.sort());
  for (const [key, preset] of presets) expect(preset.id).toBe(key);
});

describe.each(presets)('preset %s', (_id, preset) => {
  it('names commands that exist', () => {
    for (const id of Object.keys(preset.keys)) expect(ids, id).toContain(id);
  });

  it('gives each of its keys to one command', () => {
    const chords = Object.values<readonly string[]>(preset.keys).flat();
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('leaves no two commands with one key where both are heard', () => {
    const { keys } = effectiveKeys(commands, [preset.keys]);
    const seen = new Map<string, string>();
    for (const command of commands) {
      for (const chord of keys[command.id] ?? []) {
        for (const scope of command.scope === 'app' ? ['app', 'label', 'canvas'] : [command.scope]) {
          expect(seen.get(`${scope} ${chord}`), `${chord}: ${command.id}`).toBeUndefined();
          seen.set(`${scope} ${chord}`, command.id);
        }
      }
    }
  });

  it('leaves the way to everything else open: palette, help, undo', () => {
    const { keys } = effectiveKeys(commands, [preset.keys]);
    for (const id of ['palette.open', 'help.open', 'edit.undo', 'edit.redo', 'annotation.delete'])
      expect(keys[id]?.length, id).toBeGreaterThan(0);
  });
});

// From the tools' own lists of shortcuts.
test.each([
  ['cvat', 'image.next', 'F'],
  ['cvat', 'image.previous', 'D'],
  ['cvat', 'tool.box', 'N'],
  ['cvat', 'annotation.propagate', 'Mod+B'],
  ['cvat', 'annotation.merge', 'M'],
  ['label-studio', 'tool.box', 'R'],
  ['label-studio', 'tool.pan', 'H'],
  ['label-studio', 'tool.points', 'K'],
  ['label-studio', 'tool.eraser', 'E'],
  ['labelme', 'tool.box', 'W'],
  ['labelme', 'tool.polygon', 'Mod+N'],
  ['labelme', 'image.next', 'D'],
  ['x-anylabeling', 'tool.rotatedBox', 'O'],
  ['x-anylabeling', 'tool.brush', 'Mod+N'],
  ['x-anylabeling', 'view.minimap', 'F9'],
] as const)('%s: %s has its key %s', (preset, id, key) => {
  expect(effectiveKeys(commands, [KEYMAP_PRESETS[preset].keys]).keys[id]).toContain(key);
});
