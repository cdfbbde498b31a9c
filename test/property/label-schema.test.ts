import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_SCHEMA_EDITS } from '../../shared/actions/label-schema';
import type { LabelId } from '../../shared/schema/ids';
import { LabelSchema } from '../../shared/schema/label-schema';
import { resolveLabel } from '../../shared/schema/resolve-label';
import { parseSchemaFile, serializeSchemaFile } from '../../shared/templates/schema-file';

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as LabelId;
const which = fc.integer({ min: 0, max: 7 });
const names = fc.constantFrom('car', 'Car', 'truck', 'bus', 'van', 'tram', 'sign', 'x', ' pole ');

type Step = (
  schema: LabelSchema,
  at: number,
) => ReturnType<(typeof LABEL_SCHEMA_EDITS)['schema.retire-label']>;
const E = LABEL_SCHEMA_EDITS;

const steps: fc.Arbitrary<Step> = fc.oneof(
  names.map(
    (name): Step =>
      (schema, at) =>
        E['schema.add-label'](schema, { id: idOf(at), name, color: '#3cc3ff' }),
  ),
  fc.tuple(which, names).map(
    ([n, name]): Step =>
      (schema) =>
        E['schema.rename-label'](schema, { labelId: idOf(n), name }),
  ),
  fc.tuple(which, which).map(
    ([a, b]): Step =>
      (schema) =>
        E['schema.merge-labels'](schema, { fromId: idOf(a), intoId: idOf(b) }),
  ),
  which.map(
    (n): Step =>
      (schema) =>
        E['schema.retire-label'](schema, { labelId: idOf(n) }),
  ),
  which.map(
    (n): Step =>
      (schema) =>
        E['schema.restore-label'](schema, { labelId: idOf(n) }),
  ),
  fc.tuple(which, which).map(
    ([n, to]): Step =>
      (schema) =>
        E['schema.move-label'](schema, { labelId: idOf(n), toIndex: to }),
  ),
  fc.tuple(which, fc.constantFrom('1', '2', 'a', null)).map(
    ([n, shortcut]): Step =>
      (schema) =>
        E['schema.set-shortcut'](schema, { labelId: idOf(n), shortcut }),
  ),
);

describe('any series of schema edits', () => {
  it('leaves a valid schema in which class numbers are permanent, keys and names single, and merges end', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (series) => {
        let schema: LabelSchema = { revision: 0, nextClassIndex: 0, labels: [] };
        const classIndexById = new Map<LabelId, number>();
        for (const [at, step] of series.entries()) {
          const result = step(schema, at);
          if (!result.ok) {
            expect(result.error.message.length).toBeGreaterThan(10);
            continue;
          }
          expect(result.value.revision).toBe(schema.revision + 1);
          schema = result.value;
          expect(LabelSchema.safeParse(schema).success).toBe(true);
          for (const label of schema.labels) {
            expect(label.classIndex).toBe(classIndexById.get(label.id) ?? label.classIndex);
            classIndexById.set(label.id, label.classIndex);
          }
          expect(schema.labels).toHaveLength(classIndexById.size);
          expect(new Set(classIndexById.values()).size).toBe(classIndexById.size);
          const visible = schema.labels.filter((label) => label.mergedIntoId === null);
          expect(new Set(visible.map((label) => label.name.toLowerCase())).size).toBe(visible.length);
          const keys = schema.labels.flatMap((label) => label.shortcut ?? []);
          expect(new Set(keys).size).toBe(keys.length);
          for (const label of schema.labels) expect(resolveLabel(schema, label.id)?.mergedIntoId).toBeNull();
        }
        // What can be reached by editing can always be written to a file and read again.
        expect(parseSchemaFile(serializeSchemaFile(schema))).toEqual({ ok: true, value: schema });
      }),
      { numRuns: 300 },
    );
  });
});
