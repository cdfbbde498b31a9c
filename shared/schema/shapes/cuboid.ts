import { z } from 'zod';
import { Vertex } from './coordinate';

const face = z.tuple([Vertex, Vertex, Vertex, Vertex]).readonly();

/**
 * A box in space as it is seen: the near and the far face in image px, each clockwise from the top-left corner.
 * Corner i of one face is joined with corner i of the other.
 */
export const CuboidShape = z.object({ type: z.literal('cuboid'), front: face, back: face });
export type CuboidShape = Readonly<z.infer<typeof CuboidShape>>;
