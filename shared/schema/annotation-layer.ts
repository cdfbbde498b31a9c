import { z } from 'zod';
import { BatchId, ImageId, ProjectId, Sha256, Timestamp } from './ids';
import { PersonRef } from './person';

export const LAYER_PURPOSES = ['groundTruth', 'consensus', 'honeypot', 'proposal'] as const;
export const LayerPurpose = z.enum(LAYER_PURPOSES);
export type LayerPurpose = z.infer<typeof LayerPurpose>;

/**
 * A second set of annotations of a picture, kept apart from the picture's own: ground truth, one person's part of a
 * consensus, the answer to a honeypot, a reviewer's proposal. Its id stands wherever an image's id names a set of
 * annotations, so that a layer is drawn, saved, undone and journalled like any image.
 */
export const AnnotationLayer = z.object({
  /** Branded as an image's id, because it names a set of annotations; no image has it. */
  id: ImageId,
  projectId: ProjectId,
  imageId: ImageId,
  purpose: LayerPurpose,
  owner: PersonRef,
  /** What the picture's own set was when the layer was begun; null when the layer began empty. */
  base: z.object({ revision: z.number().int().min(0), hash: Sha256 }).nullable(),
  batchId: BatchId.nullable(),
  createdAt: Timestamp,
  /** Set when its owner says it is done. */
  submittedAt: Timestamp.nullable(),
});
export type AnnotationLayer = Readonly<z.infer<typeof AnnotationLayer>>;
