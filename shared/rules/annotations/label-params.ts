import { z } from 'zod';
import { LabelId } from '../../schema/ids';
import type { LabelSchema } from '../../schema/label-schema';
import { resolveLabel } from '../../schema/resolve-label';

/** A parameter that holds a number for some labels. `control` tells the settings form how to ask for it. */
export function numberByLabel(value: z.ZodNumber) {
  return z.record(LabelId, value).meta({ control: 'numberByLabel' });
}

/** A parameter that holds pairs of labels. */
export function labelPairs() {
  return z
    .array(z.tuple([LabelId, LabelId]))
    .max(1000)
    .meta({ control: 'labelPairs' });
}

/** The limit of the label that annotations of `labelId` count as, `general` where there is none of its own. */
export function limitFor(
  schema: LabelSchema,
  labelId: LabelId,
  byLabel: Readonly<Record<LabelId, number>>,
  general: number,
): number {
  return byLabel[resolveLabel(schema, labelId)?.id ?? labelId] ?? general;
}

/** The name of the label that annotations of `labelId` count as, for messages. */
export function labelName(schema: LabelSchema, labelId: LabelId): string {
  return resolveLabel(schema, labelId)?.name ?? 'unknown label';
}
