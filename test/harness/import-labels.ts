import { createHash } from 'node:crypto';
import type { AnnotationRepository, IncomingImage } from '../../renderer/persistence/ports';
import { canonicalJson } from '../../shared/document/canonical-json';
import type { ConflictRule } from '../../shared/imports/conflict-rule';
import { ok, type Result } from '../../shared/result/result';
import type { ChangeId, ImageId, LabelId, ProjectId, Sha256 } from '../../shared/schema/ids';
import type { ImportedAnnotation } from '../../shared/schema/imported-annotation';
import type { LabelSchema } from '../../shared/schema/label-schema';

/** An image on its way in, with its annotations as records; none means that it is confirmed to be empty. */
export function incoming(
  image: { readonly id: ImageId; readonly ordinal: number },
  annotations: readonly ImportedAnnotation[],
): IncomingImage {
  const counts = new Map<number, number>();
  for (const { label } of annotations) counts.set(label, (counts.get(label) ?? 0) + 1);
  const text = annotations.map(canonicalJson).join(',');
  return {
    imageId: image.id,
    ordinal: image.ordinal,
    isConfirmedEmpty: annotations.length === 0,
    labelCounts: [...counts],
    text,
    hash: createHash('sha256').update(text).digest('hex') as Sha256,
  };
}

/** A whole import in batches of some images, as the app makes it. */
export async function importImages(
  annotations: AnnotationRepository,
  projectId: ProjectId,
  input: {
    readonly images: readonly IncomingImage[];
    readonly labelIds: readonly LabelId[];
    readonly schemaAfter: LabelSchema;
    readonly rule?: ConflictRule;
    readonly imagesPerBatch?: number;
    /** Stop before the end, as a cut does. */
    readonly batches?: number;
    readonly label?: string;
  },
): Promise<Result<{ readonly changeId: ChangeId; readonly images: number; readonly annotations: number }>> {
  const {
    images,
    labelIds,
    schemaAfter,
    rule = 'addNew',
    imagesPerBatch = 100,
    label = 'Import labels',
  } = input;
  const begun = await annotations.beginImport(projectId, {
    label,
    schemaAfter,
    labelIds,
    rule,
    images: images.length,
    annotations: images.reduce((sum, one) => sum + one.labelCounts.reduce((count, [, n]) => count + n, 0), 0),
    total: images.length,
    plan: '{}',
  });
  if (!begun.ok) return begun;
  const { changeId } = begun.value;
  let stored = { images: 0, annotations: 0 };
  for (
    let from = 0, batch = 0;
    from < images.length && batch !== input.batches;
    from += imagesPerBatch, batch += 1
  ) {
    const end = from + imagesPerBatch;
    const added = await annotations.addToImport(projectId, changeId, {
      images: images.slice(from, end),
      cursor: Math.min(end, images.length),
      isLast: end >= images.length,
    });
    if (!added.ok) return added;
    stored = added.value;
  }
  return ok({ changeId, images: stored.images, annotations: stored.annotations });
}
