import type { FormatOption } from '../format-options';

export type Origin = 'one-based' | 'zero-based';

/** How many pixels the first one is counted as, and what an edge means. */
export const READ_ORIGIN: FormatOption = {
  id: 'origin',
  title: 'Coordinates of boxes',
  description:
    'Pascal VOC counts pixels from 1 and names the last pixel of a box; many tools write edges counted from 0 into the same files.',
  choices: [
    { id: 'auto', title: 'As the files say, or as their numbers look' },
    { id: 'one-based', title: 'Pixels counted from 1, as in Pascal VOC' },
    { id: 'zero-based', title: 'Edges counted from 0, as Datumaro, CVAT, LabelImg and labelme write' },
  ],
  defaultChoice: 'auto',
};

export const WRITE_ORIGIN: FormatOption = {
  id: 'origin',
  title: 'Coordinates of boxes',
  description: 'What the readers of the files expect; the files say which it is.',
  choices: [
    { id: 'one-based', title: 'Whole pixels counted from 1, as in Pascal VOC' },
    { id: 'zero-based', title: 'Edges counted from 0 with their decimals, as Datumaro and CVAT write' },
  ],
  defaultChoice: 'one-based',
};

/** The element by which our files tell; other readers pass over what they do not know. */
export const ORIGIN_ELEMENT = 'origin';

/** The actions of VOC 2012, which have a place of their own. */
export const VOC_ACTIONS: ReadonlySet<string> = new Set([
  'other',
  'jumping',
  'phoning',
  'playinginstrument',
  'reading',
  'ridingbike',
  'ridinghorse',
  'running',
  'takingphoto',
  'usingcomputer',
  'walking',
]);
