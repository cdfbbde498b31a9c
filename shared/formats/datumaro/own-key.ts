/**
 * The key below which labels, items and annotations carry what Datumaro has no place for. Datumaro's readers take the
 * keys that they know and pass over others, so that they lose nothing by it.
 */
export const OWN_KEY = 'groundmark';

/** Attributes of annotations that Datumaro and CVAT give a meaning of their own. */
export const MEANINGFUL_ATTRIBUTES: ReadonlySet<string> = new Set([
  'is_crowd',
  'score',
  'track_id',
  'keyframe',
  'outside',
  'rotation',
]);
