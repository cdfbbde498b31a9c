/** Classes of KITTI MOTS and MOTSChallenge by number, where no `labels.txt` names others. */
export const MOTS_CLASSES: ReadonlyMap<number, string> = new Map([
  [1, 'car'],
  [2, 'pedestrian'],
  [10, 'ignore_region'],
]);

/** An id is its class's number times this, plus the number of the object within the class. */
export const IDS_A_CLASS = 1000;

/** The id of everything that evaluation passes over; it is no object and no track. */
export const IGNORED_ID = 10_000;

/** Ids are pixels of a 16 bit picture. */
export const LARGEST_ID = 65_535;
