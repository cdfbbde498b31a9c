import { ok } from '../../result/result';
import type { LabelId } from '../../schema/ids';
import { SHAPE_TYPES, type ShapeType } from '../../schema/shapes';
import { editLabel, type SchemaEdit } from './schema-edit';

/** Sets which shapes may carry a label; none named means any. What was drawn before stays as it is. */
export const setAllowedShapes: SchemaEdit<{
  readonly labelId: LabelId;
  readonly shapes: readonly ShapeType[];
}> = (schema, args) =>
  editLabel(schema, args.labelId, (label) =>
    ok({ ...label, allowedShapes: SHAPE_TYPES.filter((shape) => args.shapes.includes(shape)) }),
  );
