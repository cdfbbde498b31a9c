import { describe, expect, it } from 'vitest';
import { SCHEMA_TEMPLATES } from '../../../../shared/templates';
import { createLabelSchema } from '../../../../shared/templates/label-template';
import { parseSchemaFile, serializeSchemaFile } from '../../../../shared/templates/schema-file';

const schema = createLabelSchema(SCHEMA_TEMPLATES['road-scene'], () => crypto.randomUUID());

/** The file with one place changed, as somebody editing it by hand would. */
function edited(
  change: (file: { schema: { nextClassIndex: number; labels: Record<string, unknown>[] } }) => void,
): string {
  const file = JSON.parse(serializeSchemaFile(schema));
  change(file);
  return JSON.stringify(file);
}

describe('label schema files', () => {
  it('give back the schema that was written', () => {
    expect(parseSchemaFile(serializeSchemaFile(schema))).toEqual({ ok: true, value: schema });
  });

  it.each([
    ['text that is not JSON', '{"format": ', ''],
    ['another JSON file', '{"info":{},"images":[]}', 'format'],
    [
      'a newer version',
      serializeSchemaFile(schema).replace('"formatVersion": 1', '"formatVersion": 2'),
      'formatVersion',
    ],
    [
      'a colour in words',
      edited((f) => Object.assign(f.schema.labels[3] ?? {}, { color: 'red' })),
      'schema.labels[3].color',
    ],
    [
      'a name twice',
      edited((f) => Object.assign(f.schema.labels[2] ?? {}, { name: 'CAR ' })),
      'schema.labels[2].name',
    ],
    [
      'a class index twice',
      edited((f) => Object.assign(f.schema.labels[2] ?? {}, { classIndex: 0 })),
      'schema.labels[2].classIndex',
    ],
    [
      'a class index that is yet to be given',
      edited((f) => Object.assign(f.schema, { nextClassIndex: 5 })),
      'schema.labels[5].classIndex',
    ],
    [
      'a key twice',
      edited((f) => Object.assign(f.schema.labels[1] ?? {}, { shortcut: '1' })),
      'schema.labels[1].shortcut',
    ],
    [
      'a merge into nowhere',
      edited((f) => Object.assign(f.schema.labels[1] ?? {}, { mergedIntoId: crypto.randomUUID() })),
      'schema.labels[1].mergedIntoId',
    ],
    [
      'merges that go round',
      edited((f) => {
        Object.assign(f.schema.labels[0] ?? {}, { mergedIntoId: f.schema.labels[1]?.id });
        Object.assign(f.schema.labels[1] ?? {}, { mergedIntoId: f.schema.labels[0]?.id });
      }),
      'schema.labels[0].mergedIntoId',
    ],
    [
      'a default that is no option',
      edited((f) => {
        const attributes = f.schema.labels[9]?.attributes as { defaultValue: unknown }[];
        Object.assign(attributes[0] ?? {}, { defaultValue: 'blue' });
      }),
      'schema.labels[9].attributes[0].defaultValue',
    ],
  ])('refuse %s and name the place', (_, text, place) => {
    const parsed = parseSchemaFile(text);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.error.code).toBe('schema.invalid');
    expect(parsed.error.details.place).toBe(place);
    if (place !== '') expect(parsed.error.message).toContain(place);
  });

  it('refuse a file of absurd size before reading it', () => {
    expect(parseSchemaFile(' '.repeat(16 * 1024 * 1024 + 1)).ok).toBe(false);
  });
});
