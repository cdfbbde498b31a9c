import type { ErrorKind } from '../engine/list-errors';

export const ERROR_WORDS: Readonly<Record<ErrorKind | 'right', string>> = {
  missing: 'Missing',
  extra: 'Extra',
  mislabelled: 'Mislabelled',
  lowOverlap: 'Low overlap',
  attributesDiffer: 'Attributes differ',
  groupsDiffer: 'Groups differ',
  directionReversed: 'Runs the other way',
  right: 'Right',
};
