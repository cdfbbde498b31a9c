import { appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { LabelId } from '../../schema/ids';
import type { LabelDefinition, LabelSchema } from '../../schema/label-schema';
import type { ShapeType } from '../../schema/shapes';
import { SHAPES } from '../../shapes';
import { findLabel } from './describe-objects';

/** The label when something of this shape may get it now; retired, merged and unfitting labels are refused. */
export function labelForShape(
  schema: LabelSchema,
  labelId: LabelId,
  shapeType: ShapeType,
): Result<LabelDefinition> {
  const label = findLabel(schema, labelId);
  if (label === undefined) {
    return err(
      appError('schema.unknown-label', 'This label is not in the project. Choose another.', { labelId }),
    );
  }
  if (label.isRetired || label.mergedIntoId !== null) {
    return err(
      appError(
        'schema.unknown-label',
        `${label.name} is retired and takes no new objects. Choose another label.`,
        {
          labelId,
        },
      ),
    );
  }
  if (label.allowedShapes.length > 0 && !label.allowedShapes.includes(shapeType)) {
    return err(
      appError(
        'edit.invalid-shape',
        `${label.name} cannot be ${withArticle(SHAPES[shapeType].title.toLowerCase())}. Choose another label, or allow the shape in the label schema.`,
        { labelId, shapeType },
      ),
    );
  }
  return ok(label);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Values for a label's attributes: those already given that the label knows, else its defaults. */
export function attributesFor(
  label: LabelDefinition,
  given: Annotation['attributes'],
): Annotation['attributes'] {
  const values: Annotation['attributes'] = {};
  for (const definition of label.attributes) {
    const value = given[definition.id] ?? definition.defaultValue;
    if (value !== null) values[definition.id] = value;
  }
  return values;
}
