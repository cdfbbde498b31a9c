import { describe, expect, it } from 'vitest';
import { datasetLabels } from '../../../../shared/datasets/dataset-labels';
import { labelChanges } from '../../../../shared/datasets/label-changes';
import { LabelSchema } from '../../../../shared/schema/label-schema';
import { resolveMergedLabels } from '../../../../shared/schema/resolve-label';
import { uuidOf } from '../../../fixtures/publish-rows';

/** `a -> b` in `merges` means that label a was merged into b. */
function schemaOf(names: readonly string[], merges: Record<string, string> = {}): LabelSchema {
  return LabelSchema.parse({
    revision: 0,
    nextClassIndex: names.length,
    labels: names.map((name, classIndex) => ({
      id: uuidOf(name),
      classIndex,
      name,
      color: '#000000',
      shortcut: null,
      allowedShapes: [],
      description: '',
      attributes: [],
      isRetired: name.startsWith('retired'),
      mergedIntoId: merges[name] === undefined ? null : uuidOf(merges[name]),
      formerNames: [],
      supercategory: null,
    })),
  });
}

const resolved = (schema: LabelSchema) =>
  schema.labels.map((label) => `${label.name}=${resolveMergedLabels(schema).get(label.id)?.name}`);

describe('merged labels', () => {
  it('count as the end of their chain', () => {
    expect(resolved(schemaOf(['a', 'b', 'c', 'd'], { a: 'b', b: 'c' }))).toEqual([
      'a=c',
      'b=c',
      'c=c',
      'd=d',
    ]);
  });

  it('stay where they are when a damaged schema has a circle, and end at the last good link before a missing label', () => {
    expect(resolved(schemaOf(['a', 'b'], { a: 'b', b: 'a' }))).toEqual(['a=a', 'b=b']);
    expect(resolved(schemaOf(['a', 'b'], { a: 'nobody' }))).toEqual(['a=a', 'b=b']);
  });

  it('leave a dataset with the labels that are left, class numbers untouched', () => {
    const schema = schemaOf(['a', 'retired b', 'c'], { a: 'c' });
    expect(datasetLabels(schema).map((label) => [label.classIndex, label.name])).toEqual([
      [1, 'retired b'],
      [2, 'c'],
    ]);
  });
});

describe('label changes between versions', () => {
  it('names what came, went and was renamed, by class number', () => {
    expect(labelChanges(schemaOf(['a', 'b', 'c']), schemaOf(['a', 'B', 'c', 'd'], { c: 'a' }))).toEqual([
      { classIndex: 1, before: 'b', after: 'B' },
      { classIndex: 2, before: 'c', after: null },
      { classIndex: 3, before: null, after: 'd' },
    ]);
  });
});
