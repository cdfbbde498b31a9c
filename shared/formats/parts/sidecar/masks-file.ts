/** A file of ours beside masks of which a format does not say all; its presence also tells masks from boxes. */
export const MASKS_FILE = 'groundmark-masks.csv';
