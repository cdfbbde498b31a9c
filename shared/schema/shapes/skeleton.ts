import { z } from 'zod';
import { Coordinate } from './coordinate';

export const MAX_JOINTS = 200;
export const MAX_EDGES = 1000;

/** COCO's keypoint visibility: 0 not labelled, 1 labelled but hidden, 2 seen. */
export const JointVisibility = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type JointVisibility = z.infer<typeof JointVisibility>;

const jointName = z.string().trim().min(1).max(100);

/** Pairs of indexes into the joints. */
export const SkeletonEdges = z
  .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]).readonly())
  .max(MAX_EDGES)
  .readonly();

/**
 * Named joints in image px and what joins them. Names and edges are copied from the label's template when the object
 * is made, so that a later change of the template never moves or drops what was labelled.
 * A joint with visibility 0 keeps a place to show it at, which means nothing.
 */
export const SkeletonShape = z.object({
  type: z.literal('skeleton'),
  joints: z
    .array(
      z.object({ name: jointName, x: Coordinate, y: Coordinate, visibility: JointVisibility }).readonly(),
    )
    .min(1)
    .max(MAX_JOINTS)
    .readonly(),
  edges: SkeletonEdges,
});
export type SkeletonShape = Readonly<z.infer<typeof SkeletonShape>>;

/** What a label's skeletons are made from: joints at 0 to 1 of the box that is dragged for a new one. */
export const SkeletonTemplate = z.object({
  joints: z
    .array(z.object({ name: jointName, x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).readonly())
    .min(1)
    .max(MAX_JOINTS)
    .readonly(),
  edges: SkeletonEdges,
});
export type SkeletonTemplate = Readonly<z.infer<typeof SkeletonTemplate>>;
