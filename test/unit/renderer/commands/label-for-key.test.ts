import { expect, test } from 'vitest';
import { keysOfLabels, labelForKey } from '../../../../renderer/commands/label-for-key';
import type { LabelDefinition } from '../../../../shared/schema/label-schema';

const label = (name: string, part: Partial<LabelDefinition> = {}): LabelDefinition => ({
  id: crypto.randomUUID() as LabelDefinition['id'],
  classIndex: 0,
  name,
  color: '#112233',
  shortcut: null,
  allowedShapes: [],
  description: '',
  attributes: [],
  isRetired: false,
  mergedIntoId: null,
  formerNames: [],
  supercategory: null,
  ...part,
});
const schemaOf = (...labels: readonly LabelDefinition[]) => ({
  revision: 0,
  nextClassIndex: 9,
  labels: [...labels],
});

test('labels take digits in order, past those that others claimed', () => {
  const schema = schemaOf(
    label('Car'),
    label('Bus', { shortcut: '1' }),
    label('Person', { shortcut: 'p' }),
    label('Sign'),
  );
  const keys = [...keysOfLabels(schema)].map(([one, key]) => [one.name, key]);
  expect(keys).toEqual([
    ['Car', '2'],
    ['Bus', '1'],
    ['Person', 'p'],
    ['Sign', '3'],
  ]);
});

test('the tenth label has 0 and the eleventh none', () => {
  const schema = schemaOf(...Array.from({ length: 11 }, (_, index) => label(`L${index}`)));
  expect(labelForKey(schema, '0')?.name).toBe('L9');
  expect(keysOfLabels(schema).size).toBe(10);
});

test('retired and merged labels have no key', () => {
  const kept = label('Kept');
  const schema = schemaOf(
    label('Old', { isRetired: true }),
    label('Merged', { mergedIntoId: kept.id }),
    kept,
  );
  expect(labelForKey(schema, '1')?.name).toBe('Kept');
});

test('letters are found whatever their case', () => {
  expect(labelForKey(schemaOf(label('Person', { shortcut: 'p' })), 'P')?.name).toBe('Person');
});
