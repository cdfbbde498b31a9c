import { expect, test } from 'vitest';
import type { Command, CommandScope } from '../../../../renderer/commands/command';
import { createKeymap } from '../../../../renderer/commands/keymap';

const command = (id: string, scope: CommandScope, keys: readonly string[]): Command => ({
  id,
  label: id,
  category: 'Edit',
  scope,
  keys,
  isAvailable: () => true,
  run: () => undefined,
});

const everywhere = command('all.run', 'app', ['Mod+K']);
const onLabel = command('label.run', 'label', ['R', 'Mod+K']);
const onCanvas = command('canvas.run', 'canvas', ['Tab']);
const keymap = createKeymap([everywhere, onLabel, onCanvas]);

test('the narrowest place wins', () => {
  expect(keymap.find('Mod+K', { isLabelScreen: true, isCanvasFocused: false })).toBe(onLabel);
  expect(keymap.find('Mod+K', { isLabelScreen: false, isCanvasFocused: false })).toBe(everywhere);
});

test('keys of the label screen are silent elsewhere', () => {
  expect(keymap.find('R', { isLabelScreen: false, isCanvasFocused: false })).toBeNull();
});

test('canvas keys need the focus on the canvas', () => {
  expect(keymap.find('Tab', { isLabelScreen: true, isCanvasFocused: true })).toBe(onCanvas);
  expect(keymap.find('Tab', { isLabelScreen: true, isCanvasFocused: false })).toBeNull();
});

test('a preset replaces keys and shows in what is displayed', () => {
  const preset = createKeymap([onLabel], { 'label.run': ['N'] });
  expect(preset.chordsOf('label.run')).toEqual(['N']);
  expect(preset.find('R', { isLabelScreen: true, isCanvasFocused: false })).toBeNull();
});
