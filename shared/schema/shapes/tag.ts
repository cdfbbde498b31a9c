import { z } from 'zod';

/** The label of the picture as a whole, e.g. `night`; it has no place in it. */
export const TagShape = z.object({ type: z.literal('tag') });
export type TagShape = Readonly<z.infer<typeof TagShape>>;
