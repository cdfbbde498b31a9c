import { z } from 'zod';
import { attributeProblem } from '../actions/label-schema/attribute-problem';
import { foldedName } from '../actions/label-schema/schema-edit';
import { type AppError, appError } from '../result/app-error';
import { err, ok, type Result } from '../result/result';
import { LabelSchema } from '../schema/label-schema';

/** Far above the size of 10,000 labels with attributes as people write them; refuses what would only waste memory. */
export const MAX_SCHEMA_FILE_CHARACTERS = 16 * 1024 * 1024;

const SchemaFile = z.object({
  format: z.literal('groundmark-label-schema', { error: 'is not the mark of a Groundmark label schema' }),
  formatVersion: z.literal(1, { error: 'is not 1, the version this Groundmark reads' }),
  schema: LabelSchema,
});

/** The text of a label schema file: versioned JSON, indented so that it can be read and kept in version control. */
export function serializeSchemaFile(schema: LabelSchema): string {
  const file: z.input<typeof SchemaFile> = { format: 'groundmark-label-schema', formatVersion: 1, schema };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads a label schema file. Errors name the place in the file (`schema.labels[3].color`) and what would mend it.
 * Beyond the records' own rules it refuses class indexes, ids, names and keys that two labels share, merges that lead
 * nowhere or round, and attributes that contradict themselves.
 */
export function parseSchemaFile(text: string): Result<LabelSchema> {
  if (text.length > MAX_SCHEMA_FILE_CHARACTERS) {
    return err(
      refusal(
        '',
        'is larger than any label schema can be (16 MB). Choose the file that “Export schema” wrote',
      ),
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    return err(refusal('', `is not JSON (${thrown instanceof Error ? thrown.message : 'cannot be read'})`));
  }
  const parsed = SchemaFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(refusal(placeOf(issue?.path ?? []), issue?.message ?? 'is not right'));
  }
  return checkedSchema(parsed.data.schema);
}

function refusal(place: string, reason: string): AppError {
  const where = place === '' ? 'The file' : `In the schema file, “${place}”`;
  return appError('schema.invalid', `${where}: ${reason}. Mend the file and import it again.`, { place });
}

function placeOf(path: readonly PropertyKey[]): string {
  let place = '';
  for (const part of path) {
    if (typeof part === 'number') place += `[${part}]`;
    else place += place === '' ? String(part) : `.${String(part)}`;
  }
  return place;
}

function checkedSchema(schema: LabelSchema): Result<LabelSchema> {
  const labelById = new Map(schema.labels.map((label) => [label.id, label]));
  const firstPlaceOf = new Map<string, string>();
  /** The place that already has this value, or null after remembering it. */
  const twin = (kind: string, value: string | number, place: string): string | null => {
    const seen = firstPlaceOf.get(`${kind}:${value}`);
    if (seen === undefined) firstPlaceOf.set(`${kind}:${value}`, place);
    return seen ?? null;
  };
  for (const [at, label] of schema.labels.entries()) {
    const place = `schema.labels[${at}]`;
    const unique: [field: string, value: string | number | null][] = [
      ['id', label.id],
      ['classIndex', label.classIndex],
      ['name', label.mergedIntoId === null ? foldedName(label.name) : null],
      ['shortcut', label.shortcut],
    ];
    for (const [field, value] of unique) {
      if (value === null) continue;
      const other = twin(field, value, `${place}.${field}`);
      if (other !== null) return err(refusal(`${place}.${field}`, `is the same as “${other}”`));
    }
    if (label.classIndex >= schema.nextClassIndex) {
      return err(
        refusal(`${place}.classIndex`, `must be below schema.nextClassIndex (${schema.nextClassIndex})`),
      );
    }
    if (label.mergedIntoId !== null) {
      const seen = new Set([label.id]);
      let target = labelById.get(label.mergedIntoId);
      while (target !== undefined && target.mergedIntoId !== null && !seen.has(target.id)) {
        seen.add(target.id);
        target = labelById.get(target.mergedIntoId);
      }
      if (target === undefined)
        return err(refusal(`${place}.mergedIntoId`, 'names a label that is not in the file'));
      if (target.mergedIntoId !== null)
        return err(refusal(`${place}.mergedIntoId`, 'leads round in a circle'));
    }
    const attributeIds = new Set<string>();
    for (const [attributeAt, attribute] of label.attributes.entries()) {
      const attributePlace = `${place}.attributes[${attributeAt}]`;
      if (attributeIds.has(attribute.id)) {
        return err(refusal(`${attributePlace}.id`, 'is the id of another attribute of this label'));
      }
      attributeIds.add(attribute.id);
      const problem = attributeProblem(label, attribute);
      if (problem !== null) {
        return err(
          refusal(
            `${attributePlace}.${String(problem.details.field ?? '')}`,
            problem.message.replace(/\.$/, ''),
          ),
        );
      }
    }
  }
  return ok(schema);
}
