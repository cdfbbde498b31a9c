import { expect, test } from 'vitest';
import { acceleratorOf, chordForDisplay, chordOf, type KeyPress } from '../../../../renderer/commands/chord';

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
});

test.each([
  [press('z', { ctrlKey: true }), 'Mod+Z'],
  [press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z'],
  [press('r'), 'R'],
  [press('R', { shiftKey: true }), 'Shift+R'],
  [press('?', { shiftKey: true, code: 'Slash' }), '?'],
  [press('/', { shiftKey: true, code: 'Digit7' }), '/'],
  [press('+', { shiftKey: true }), 'Plus'],
  [press(' '), 'Space'],
  [press('Tab', { shiftKey: true }), 'Shift+Tab'],
  [press('Enter', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Enter'],
  [press('1', { altKey: true, code: 'Digit1' }), 'Alt+1'],
  [press('5', { shiftKey: true, code: 'Digit5' }), 'Shift+5'],
])('%o is %s', (event, expected) => {
  expect(chordOf(event, false)).toBe(expected);
});

test('bare modifiers and dead keys are no chord', () => {
  for (const key of ['Control', 'Shift', 'Alt', 'Meta', 'Dead'])
    expect(chordOf(press(key), false)).toBeNull();
});

test('on a Mac Mod is Cmd, and Ctrl is another key', () => {
  expect(chordOf(press('k', { metaKey: true }), true)).toBe('Mod+K');
  expect(chordOf(press('k', { ctrlKey: true }), true)).toBe('Ctrl+K');
});

test('on a Mac Alt types signs, yet the key is the physical one', () => {
  expect(chordOf(press('¡', { altKey: true, code: 'Digit1' }), true)).toBe('Alt+1');
  expect(chordOf(press('∫', { altKey: true, metaKey: true, code: 'KeyB' }), true)).toBe('Mod+Alt+B');
});

test('chords are shown as the system writes them', () => {
  expect(chordForDisplay('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(chordForDisplay('Mod+Shift+Z', true)).toBe('⇧⌘Z');
  expect(chordForDisplay('Mod+ArrowRight', false)).toBe('Ctrl+→');
});

test('accelerators are spelled as Electron wants them', () => {
  expect(acceleratorOf('Mod+ArrowLeft')).toBe('CmdOrCtrl+Left');
  expect(acceleratorOf('Plus')).toBe('Plus');
});
