import { z } from 'zod';
import { Annotation } from '../../shared/schema/annotation';
import { AttributeId, ImageId, LabelId, ProjectId } from '../../shared/schema/ids';
import { AttributeValue, type LabelSchema } from '../../shared/schema/label-schema';
import { resolveMergedLabels } from '../../shared/schema/resolve-label';

const CopiedObject = Annotation.pick({
  shape: true,
  isOccluded: true,
  isTruncated: true,
  isCrowd: true,
  note: true,
  groupId: true,
}).extend({
  label: z.object({ id: LabelId, name: z.string() }),
  attributes: z.array(z.object({ id: AttributeId, name: z.string(), value: AttributeValue })),
});
export type CopiedObject = Readonly<z.infer<typeof CopiedObject>>;

/**
 * Objects as they lie in the clipboard: with the names of label and attributes, so that another project that knows
 * them by name can take them.
 */
export const CopiedObjects = z.object({
  version: z.literal(1),
  projectId: ProjectId,
  imageId: ImageId,
  /** In drawing order. */
  objects: z.array(CopiedObject).min(1).max(100_000),
});
export type CopiedObjects = Readonly<z.infer<typeof CopiedObjects>>;

/** What copying these objects keeps; a merged label goes along as the label that it counts as. */
export function copiedFrom(
  place: { readonly projectId: ProjectId; readonly imageId: ImageId },
  annotations: readonly Annotation[],
  schema: LabelSchema,
): CopiedObjects {
  const labels = resolveMergedLabels(schema);
  return {
    version: 1,
    ...place,
    objects: annotations.map((one) => {
      const label = labels.get(one.labelId);
      return {
        shape: one.shape,
        isOccluded: one.isOccluded,
        isTruncated: one.isTruncated,
        isCrowd: one.isCrowd,
        ...(one.note === undefined ? {} : { note: one.note }),
        ...(one.groupId === undefined ? {} : { groupId: one.groupId }),
        label: { id: label?.id ?? one.labelId, name: label?.name ?? 'unknown label' },
        attributes: (label?.attributes ?? []).flatMap(({ id, name }) => {
          const value = one.attributes[id];
          return value === undefined ? [] : [{ id, name, value }];
        }),
      };
    }),
  };
}
