import { z } from 'zod';

/** JPEG's largest side. */
export const LARGEST_SIDE = 65_535;

/** Runs of a mask as text; a mask of 100 megapixels of noise has about this many characters. */
export const LONGEST_RLE = 64 * 1024 * 1024;

/**
 * Whole pixels: a window of the picture (integers, image px) and which pixels of it are set. `rle` is COCO's compressed
 * run-length encoding of the window: runs column by column from the top-left, starting with unset pixels, each as
 * characters 48 to 111 (the `counts` string of pycocotools). The window is the tightest one: its border rows and
 * columns each hold a set pixel.
 */
export const MaskShape = z.object({
  type: z.literal('mask'),
  x: z.number().int().min(-LARGEST_SIDE).max(LARGEST_SIDE),
  y: z.number().int().min(-LARGEST_SIDE).max(LARGEST_SIDE),
  width: z.number().int().min(1).max(LARGEST_SIDE),
  height: z.number().int().min(1).max(LARGEST_SIDE),
  rle: z.string().min(1).max(LONGEST_RLE),
});
export type MaskShape = Readonly<z.infer<typeof MaskShape>>;
