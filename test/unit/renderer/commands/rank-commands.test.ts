import { expect, test } from 'vitest';
import { rankCommands } from '../../../../renderer/commands/palette/rank-commands';

const entries = [
  { id: 'edit.undo', label: 'Undo', category: 'Edit', isAvailable: true },
  { id: 'image.next', label: 'Next image', category: 'Go', isAvailable: true },
  { id: 'image.nextUnlabelled', label: 'Next unlabelled image', category: 'Go', isAvailable: true },
  { id: 'annotation.delete', label: 'Delete objects', category: 'Object', isAvailable: true },
];
const ids = (query: string, recent: readonly string[] = []) =>
  rankCommands(entries, query, recent).map(({ id }) => id);

test('without a query the last used come first, then the registry', () => {
  expect(ids('', ['annotation.delete', 'image.next'])).toEqual([
    'annotation.delete',
    'image.next',
    'edit.undo',
    'image.nextUnlabelled',
  ]);
});

test('every word must be found, in any order', () => {
  expect(ids('image un')).toEqual(['image.nextUnlabelled']);
  expect(ids('zebra')).toEqual([]);
});

test('the start of a label is better than the start of a word, and that than the inside', () => {
  expect(ids('un')).toEqual(['edit.undo', 'image.nextUnlabelled']);
  expect(ids('del')).toEqual(['annotation.delete']);
});

test('what cannot be done now comes after what can', () => {
  const some = [
    { id: 'a.run', label: 'Zoom in', category: 'View', isAvailable: false },
    { id: 'b.run', label: 'Zoom out', category: 'View', isAvailable: true },
  ];
  expect(rankCommands(some, 'zoom', []).map(({ id }) => id)).toEqual(['b.run', 'a.run']);
});

test('a label that begins as the query reads comes before those that hold its words elsewhere', () => {
  const tools = [
    { id: 'tool.switchBoxMethod', label: 'Draw boxes by two points', category: 'Tool', isAvailable: true },
    { id: 'tool.rotatedBox', label: 'Rotated box tool', category: 'Tool', isAvailable: true },
    { id: 'tool.box', label: 'Box tool', category: 'Tool', isAvailable: true },
  ];
  const recent = ['tool.rotatedBox'];
  expect(rankCommands(tools, 'box tool', recent).map(({ id }) => id)).toEqual([
    'tool.box',
    'tool.rotatedBox',
    'tool.switchBoxMethod',
  ]);
});
