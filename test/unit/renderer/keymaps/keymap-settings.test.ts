import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../renderer/commands';
import {
  readKeymapFile,
  settingsFromStored,
  writeKeymapFile,
} from '../../../../renderer/keymaps/keymap-settings';
import { reasonAgainstChord } from '../../../../renderer/keymaps/reserved-keys';

const commands = Object.values(COMMANDS);

describe('a keymap file', () => {
  it('written and read is the same', () => {
    const settings = {
      presetId: 'cvat',
      changes: { 'tool.box': ['W', 'Mod+Alt+W'], 'edit.undo': [] },
    } as const;
    const read = readKeymapFile(writeKeymapFile(settings), commands);
    expect(read).toEqual({ ok: true, value: { settings, leftOut: [] } });
  });

  it('has equal bytes for equal keys in another order', () => {
    const one = writeKeymapFile({ presetId: 'labelme', changes: { 'a.b': ['X'], 'c.d': ['Y'] } });
    const other = writeKeymapFile({ presetId: 'labelme', changes: { 'c.d': ['Y'], 'a.b': ['X'] } });
    expect(one).toBe(other);
  });

  it('says what it left out', () => {
    const text = JSON.stringify({
      format: 'groundmark.keymap',
      version: 1,
      preset: 'photoshop',
      keys: { 'tool.box': ['Enter', 'W'], 'no.such': ['Q'] },
    });
    const read = readKeymapFile(text, commands);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.settings).toEqual({ presetId: 'groundmark', changes: { 'tool.box': ['W'] } });
    expect(read.value.leftOut).toHaveLength(3);
    expect(read.value.leftOut.join(' ')).toMatch(/photoshop.*drawing tools.*no\.such/);
  });

  it.each([
    ['{', /no JSON/],
    ['{}', /format/],
    ['[]', /no keymap/],
    ['{"format":"groundmark.keymap","version":9,"preset":"cvat","keys":{}}', /version/],
    ['{"format":"groundmark.keymap","version":1,"preset":"cvat","keys":{"tool.box":"W"}}', /tool\.box/],
  ])('%s is refused with the place', (text, message) => {
    const read = readKeymapFile(text, commands);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.message).toMatch(message);
  });

  it('whatever it holds never throws and never gives a key of the tools', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readKeymapFile(text, commands);
        if (!read.ok) return;
        for (const chords of Object.values(read.value.settings.changes))
          for (const chord of chords) expect(reasonAgainstChord(chord)).toBeNull();
      }),
    ));
});

it('what is stored and not understood is our own keys', () => {
  for (const stored of [null, 7, 'x', { presetId: 'cvat' }, { format: 'groundmark.keymap' }])
    expect(settingsFromStored(stored, commands)).toEqual({ presetId: 'groundmark', changes: {} });
});

it.each([
  'Enter',
  'Shift+Enter',
  'ArrowLeft',
  'Alt+ArrowUp',
  'Escape',
  'Space',
  'Shift+Space',
  'x',
  'Foo Bar',
  '',
])('the key “%s” cannot be given away', (chord) => expect(reasonAgainstChord(chord)).not.toBeNull());

it.each(['A', '1', 'Mod+Enter', 'Mod+ArrowLeft', 'Alt+Shift+F12', '?', 'Delete', 'Plus', '['])(
  'the key “%s” can',
  (chord) => expect(reasonAgainstChord(chord)).toBeNull(),
);
