import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LabelSchema } from '../../../../shared/schema/label-schema';
import { SCHEMA_TEMPLATES } from '../../../../shared/templates';
import { createLabelSchema } from '../../../../shared/templates/label-template';

const newId = () => crypto.randomUUID();

describe('schema templates', () => {
  it.each(Object.entries(SCHEMA_TEMPLATES))(
    '%s makes a valid schema with class indexes from 0',
    (id, template) => {
      expect(template.id).toBe(id);
      const schema = createLabelSchema(template, newId);
      expect(LabelSchema.parse(schema)).toEqual(schema);
      expect(schema.labels.map((label) => label.classIndex)).toEqual(schema.labels.map((_, at) => at));
      expect(schema.nextClassIndex).toBe(schema.labels.length);
      const keys = schema.labels.flatMap((label) => label.shortcut ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  it('are all in the index', () => {
    const parts = new Set(['index', 'palette', 'color-vision', 'label-template', 'schema-file', 'skeletons']);
    const files = readdirSync(new URL('../../../../shared/templates', import.meta.url))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !parts.has(file));
    expect(files.sort()).toEqual(Object.keys(SCHEMA_TEMPLATES).sort());
  });

  it('COCO 80 numbers the classes as trainers do', () => {
    const labels = createLabelSchema(SCHEMA_TEMPLATES['coco-80'], newId).labels;
    expect(labels).toHaveLength(80);
    // Places known from the list that every COCO-trained detector ships with.
    const known = {
      person: 0,
      car: 2,
      'traffic light': 9,
      'stop sign': 11,
      cat: 15,
      giraffe: 23,
      bottle: 39,
      chair: 56,
      tv: 62,
      toothbrush: 79,
    };
    for (const [name, classIndex] of Object.entries(known)) {
      expect(labels[classIndex]?.name).toBe(name);
    }
    expect(new Set(labels.map((label) => label.supercategory)).size).toBe(12);
  });

  it('Road scene asks which lamp is lit and draws road boundaries as lines', () => {
    const labels = createLabelSchema(SCHEMA_TEMPLATES['road-scene'], newId).labels;
    const light = labels.find((label) => label.name === 'traffic light');
    expect(light?.attributes[0]).toMatchObject({
      name: 'state',
      kind: 'select',
      options: ['red', 'yellow', 'green', 'off'],
    });
    expect(labels.find((label) => label.name === 'road boundary')?.allowedShapes).toEqual(['polyline']);
  });
});
