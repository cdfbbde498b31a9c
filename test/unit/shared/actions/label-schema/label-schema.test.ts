import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  LABEL_SCHEMA_EDITS,
  type LabelSchemaEditArgs,
  type LabelSchemaEditCode,
} from '../../../../../shared/actions/label-schema';
import type { Result } from '../../../../../shared/result/result';
import type { AttributeId, LabelId } from '../../../../../shared/schema/ids';
import type { AttributeDefinition, LabelSchema } from '../../../../../shared/schema/label-schema';
import { resolveLabel } from '../../../../../shared/schema/resolve-label';

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as LabelId;
const attributeIdOf = (n: number) => idOf(900 + n) as unknown as AttributeId;
const EMPTY: LabelSchema = { revision: 0, nextClassIndex: 0, labels: [] };

function edit<C extends LabelSchemaEditCode>(
  schema: LabelSchema,
  code: C,
  args: LabelSchemaEditArgs<C>,
): Result<LabelSchema> {
  const run = LABEL_SCHEMA_EDITS[code] as (
    schema: LabelSchema,
    args: LabelSchemaEditArgs<C>,
  ) => Result<LabelSchema>;
  return run(schema, args);
}

function done<C extends LabelSchemaEditCode>(
  schema: LabelSchema,
  code: C,
  args: LabelSchemaEditArgs<C>,
): LabelSchema {
  const result = edit(schema, code, args);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function refusal<C extends LabelSchemaEditCode>(
  schema: LabelSchema,
  code: C,
  args: LabelSchemaEditArgs<C>,
): string {
  const result = edit(schema, code, args);
  expect(result.ok).toBe(false);
  return result.ok ? '' : `${result.error.code}: ${result.error.message}`;
}

/** car 0, truck 1, bus 2 with ids 1, 2, 3. */
const fleet = ['car', 'truck', 'bus'].reduce(
  (schema, name, at) =>
    done(schema, 'schema.add-label', { id: idOf(at + 1), name, color: '#3cc3ff', shortcut: String(at + 1) }),
  EMPTY,
);
const labelOf = (schema: LabelSchema, n: number) => schema.labels.find((label) => label.id === idOf(n));

describe('edits of a label schema', () => {
  it('are one file and one line each', () => {
    const parts = new Set(['index', 'schema-edit', 'attribute-problem']);
    const files = readdirSync(new URL('../../../../../shared/actions/label-schema', import.meta.url))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !parts.has(file));
    expect(Object.keys(LABEL_SCHEMA_EDITS).sort()).toEqual(files.map((file) => `schema.${file}`).sort());
  });

  it('number labels in the order they come and never give a number again', () => {
    expect(fleet.labels.map((label) => label.classIndex)).toEqual([0, 1, 2]);
    expect(fleet.revision).toBe(3);
    const retired = done(fleet, 'schema.retire-label', { labelId: idOf(3) });
    const later = done(retired, 'schema.add-label', { id: idOf(4), name: 'tram', color: '#ff3c00' });
    expect(labelOf(later, 4)?.classIndex).toBe(3);
  });

  it('refuse a name that is taken, in any case, and say by whom', () => {
    expect(refusal(fleet, 'schema.add-label', { id: idOf(4), name: ' Car ', color: '#ff3c00' })).toMatch(
      /schema.duplicate-name: .*“car”/,
    );
    expect(refusal(fleet, 'schema.rename-label', { labelId: idOf(1), name: 'TRUCK' })).toMatch(/“truck”/);
    expect(refusal(fleet, 'schema.add-label', { id: idOf(4), name: '  ', color: '#ff3c00' })).toMatch(
      /“name”/,
    );
  });

  it('keep former names, without the present one', () => {
    const van = done(fleet, 'schema.rename-label', { labelId: idOf(1), name: 'van' });
    const auto = done(van, 'schema.rename-label', { labelId: idOf(1), name: 'auto' });
    expect(labelOf(auto, 1)?.formerNames).toEqual(['car', 'van']);
    const back = done(auto, 'schema.rename-label', { labelId: idOf(1), name: 'car' });
    expect(labelOf(back, 1)).toMatchObject({ name: 'car', formerNames: ['van', 'auto'], classIndex: 0 });
  });

  it('let one key select one label', () => {
    expect(refusal(fleet, 'schema.set-shortcut', { labelId: idOf(1), shortcut: '2' })).toMatch(/“truck”/);
    expect(refusal(fleet, 'schema.set-shortcut', { labelId: idOf(1), shortcut: 'F1' })).toMatch(/“shortcut”/);
    const free = done(fleet, 'schema.set-shortcut', { labelId: idOf(2), shortcut: null });
    expect(labelOf(done(free, 'schema.set-shortcut', { labelId: idOf(1), shortcut: '2' }), 1)?.shortcut).toBe(
      '2',
    );
  });

  it('merge without renumbering, follow chains and refuse circles', () => {
    const merged = done(fleet, 'schema.merge-labels', { fromId: idOf(1), intoId: idOf(2) });
    expect(labelOf(merged, 1)).toMatchObject({ mergedIntoId: idOf(2), classIndex: 0, shortcut: null });
    expect(resolveLabel(merged, idOf(1))?.name).toBe('truck');
    expect(refusal(merged, 'schema.merge-labels', { fromId: idOf(2), intoId: idOf(1) })).toMatch(/itself/);
    expect(refusal(fleet, 'schema.merge-labels', { fromId: idOf(1), intoId: idOf(1) })).toMatch(/itself/);
    const chain = done(merged, 'schema.merge-labels', { fromId: idOf(2), intoId: idOf(3) });
    expect(resolveLabel(chain, idOf(1))?.name).toBe('bus');
    expect(refusal(chain, 'schema.merge-labels', { fromId: idOf(3), intoId: idOf(1) })).toMatch(/itself/);
    const restored = done(chain, 'schema.restore-label', { labelId: idOf(1) });
    expect(resolveLabel(restored, idOf(1))?.name).toBe('car');
  });

  it('refuse to merge into a retired label', () => {
    const retired = done(fleet, 'schema.retire-label', { labelId: idOf(3) });
    expect(refusal(retired, 'schema.merge-labels', { fromId: idOf(1), intoId: idOf(3) })).toMatch(/Restore/);
  });

  it('retire frees the key; restore waits until the name is free', () => {
    const retired = done(fleet, 'schema.retire-label', { labelId: idOf(1) });
    expect(labelOf(retired, 1)).toMatchObject({ isRetired: true, shortcut: null });
    expect(refusal(retired, 'schema.add-label', { id: idOf(4), name: 'car', color: '#ff3c00' })).toMatch(
      /restored/,
    );
    const merged = done(fleet, 'schema.merge-labels', { fromId: idOf(1), intoId: idOf(2) });
    const renamed = done(merged, 'schema.rename-label', { labelId: idOf(2), name: 'car' });
    expect(refusal(renamed, 'schema.restore-label', { labelId: idOf(1) })).toMatch(/“car”/);
  });

  it('reorder what people see and nothing else', () => {
    const moved = done(fleet, 'schema.move-label', { labelId: idOf(3), toIndex: 0 });
    expect(moved.labels.map((label) => [label.name, label.classIndex])).toEqual([
      ['bus', 2],
      ['car', 0],
      ['truck', 1],
    ]);
    expect(done(fleet, 'schema.move-label', { labelId: idOf(1), toIndex: 99 }).labels.at(-1)?.name).toBe(
      'car',
    );
  });

  it('colour, describe and limit shapes', () => {
    const all = done(
      done(
        done(fleet, 'schema.recolor-label', { labelId: idOf(1), color: '#ABCDEF' }),
        'schema.describe-label',
        {
          labelId: idOf(1),
          description: 'Up to 3.5 t',
        },
      ),
      'schema.set-allowed-shapes',
      { labelId: idOf(1), shapes: ['polyline', 'box', 'box'] },
    );
    expect(labelOf(all, 1)).toMatchObject({
      color: '#abcdef',
      description: 'Up to 3.5 t',
      allowedShapes: ['box', 'polyline'],
    });
    expect(refusal(fleet, 'schema.recolor-label', { labelId: idOf(1), color: 'red' })).toMatch(/“color”/);
  });

  it('say when the label is gone', () => {
    expect(refusal(fleet, 'schema.retire-label', { labelId: idOf(77) })).toMatch(/schema.unknown-label/);
  });
});

describe('attributes of a label', () => {
  const base = { isRequired: false, description: '' };
  const state: AttributeDefinition = {
    ...base,
    id: attributeIdOf(1),
    name: 'state',
    kind: 'select',
    options: ['red', 'green'],
    defaultValue: 'red',
  };
  const speed: AttributeDefinition = {
    ...base,
    id: attributeIdOf(2),
    name: 'speed',
    kind: 'number',
    min: 0,
    max: 130,
    defaultValue: null,
  };
  const withBoth = [state, speed].reduce(
    (schema, attribute) => done(schema, 'schema.add-attribute', { labelId: idOf(1), attribute }),
    fleet,
  );

  it('are added, edited, moved and removed', () => {
    const edited = done(withBoth, 'schema.edit-attribute', {
      labelId: idOf(1),
      attribute: { ...state, name: 'lamp' },
    });
    const moved = done(edited, 'schema.move-attribute', {
      labelId: idOf(1),
      attributeId: speed.id,
      toIndex: 0,
    });
    expect(labelOf(moved, 1)?.attributes.map((attribute) => attribute.name)).toEqual(['speed', 'lamp']);
    const removed = done(moved, 'schema.remove-attribute', { labelId: idOf(1), attributeId: speed.id });
    expect(labelOf(removed, 1)?.attributes.map((attribute) => attribute.name)).toEqual(['lamp']);
  });

  it.each<[string, AttributeDefinition, RegExp]>([
    ['a name twice', { ...state, id: attributeIdOf(3), name: 'Speed' }, /already has/],
    [
      'an option twice',
      { ...state, id: attributeIdOf(3), name: 'x', options: ['a', 'A'], defaultValue: null },
      /once/,
    ],
    [
      'a default that is no option',
      { ...state, id: attributeIdOf(3), name: 'x', defaultValue: 'blue' },
      /one of/,
    ],
    ['bounds the wrong way round', { ...speed, id: attributeIdOf(3), name: 'x', min: 5, max: 1 }, /above/],
    ['a default out of bounds', { ...speed, id: attributeIdOf(3), name: 'x', defaultValue: 131 }, /outside/],
    [
      'a default too long',
      { ...base, id: attributeIdOf(3), name: 'x', kind: 'text', maxLength: 2, defaultValue: 'abc' },
      /longer/,
    ],
  ])('refuse %s', (_, attribute, message) => {
    expect(refusal(withBoth, 'schema.add-attribute', { labelId: idOf(1), attribute })).toMatch(message);
  });

  it('keep their kind', () => {
    const attribute: AttributeDefinition = {
      ...base,
      id: state.id,
      name: 'state',
      kind: 'checkbox',
      defaultValue: null,
    };
    expect(refusal(withBoth, 'schema.edit-attribute', { labelId: idOf(1), attribute })).toMatch(
      /stays a select/,
    );
  });
});

describe('adopting a schema from a file', () => {
  it('keeps ids and class indexes of labels found by name, and appends the others', () => {
    const other: LabelSchema = ['bus', 'tram'].reduce(
      (schema, name, at) =>
        done(schema, 'schema.add-label', {
          id: idOf(50 + at),
          name,
          color: '#009600',
          shortcut: '1' === String(at) ? 'x' : null,
        }),
      EMPTY,
    );
    const adopted = done(fleet, 'schema.adopt-schema', { adopted: other });
    expect(adopted.labels.map((label) => [label.id, label.name, label.classIndex, label.color])).toEqual([
      [idOf(1), 'car', 0, '#3cc3ff'],
      [idOf(2), 'truck', 1, '#3cc3ff'],
      [idOf(3), 'bus', 2, '#009600'],
      [idOf(51), 'tram', 3, '#009600'],
    ]);
    expect(adopted.nextClassIndex).toBe(4);
    expect(adopted.revision).toBe(fleet.revision + 1);
  });

  it('takes an empty project to the file as it is', () => {
    const adopted = done(EMPTY, 'schema.adopt-schema', {
      adopted: done(fleet, 'schema.merge-labels', { fromId: idOf(1), intoId: idOf(3) }),
    });
    expect(adopted.labels.map((label) => [label.id, label.classIndex, label.mergedIntoId])).toEqual([
      [idOf(1), 0, idOf(3)],
      [idOf(2), 1, null],
      [idOf(3), 2, null],
    ]);
  });
});
