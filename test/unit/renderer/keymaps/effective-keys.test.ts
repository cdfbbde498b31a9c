import { expect, test } from 'vitest';
import type { Command } from '../../../../renderer/commands/command';
import { effectiveKeys } from '../../../../renderer/keymaps/effective-keys';

const command = (id: string, keys: readonly string[], scope: Command['scope'] = 'label'): Command => ({
  id,
  label: id,
  category: 'Edit',
  scope,
  keys,
  isAvailable: () => true,
  run: () => undefined,
});
const commands = [
  command('one.do', ['A']),
  command('two.do', ['B', 'C']),
  command('three.do', ['D']),
  command('four.do', ['Tab'], 'canvas'),
  command('five.do', ['Tab'], 'label'),
];

test('without layers every command has its own keys, shared ones too', () => {
  const { keys, taken } = effectiveKeys(commands, []);
  expect(keys).toEqual({
    'one.do': ['A'],
    'two.do': ['B', 'C'],
    'three.do': ['D'],
    'four.do': ['Tab'],
    'five.do': ['Tab'],
  });
  expect(taken).toEqual([]);
});

test('a key given by a layer is taken from the command that has it', () => {
  const { keys, taken } = effectiveKeys(commands, [{ 'one.do': ['B'] }]);
  expect(keys['one.do']).toEqual(['B']);
  expect(keys['two.do']).toEqual(['C']);
  expect(taken).toEqual([{ chord: 'B', from: 'two.do', by: 'one.do' }]);
});

test('a later layer wins over an earlier one', () => {
  const { keys } = effectiveKeys(commands, [{ 'one.do': ['X'], 'two.do': ['Y'] }, { 'three.do': ['X'] }]);
  expect(keys['three.do']).toEqual(['X']);
  expect(keys['one.do']).toEqual([]);
  expect(keys['two.do']).toEqual(['Y']);
});

test('an empty list takes every key away', () => {
  expect(effectiveKeys(commands, [{ 'two.do': [] }]).keys['two.do']).toEqual([]);
});

test('within one layer the first command of the registry keeps the key', () => {
  const { keys, taken } = effectiveKeys(commands, [{ 'two.do': ['Z'], 'three.do': ['Z'] }]);
  expect(keys['two.do']).toEqual(['Z']);
  expect(keys['three.do']).toEqual([]);
  expect(taken).toEqual([{ chord: 'Z', from: 'three.do', by: 'two.do' }]);
});

test('names that are on every object are no commands', () => {
  expect(effectiveKeys([command('constructor', ['A'])], [{}]).keys.constructor).toEqual(['A']);
});
