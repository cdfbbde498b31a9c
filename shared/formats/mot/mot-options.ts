import type { FormatOption } from '../format-options';
import { chosen, type OptionValues } from '../format-options';

const COORDINATES = [
  { id: 'zero-based', title: 'From 0, as CVAT, Datumaro and most trainers take them' },
  { id: 'one-based', title: 'From 1, as MOTChallenge’s own description says' },
] as const;

export const readCoordinates: FormatOption = {
  id: 'coordinates',
  title: 'Pixels are counted',
  description: 'Whether the first pixel of a picture is 0 or 1 in the boxes of this dataset.',
  choices: [{ id: 'auto', title: 'As the dataset says, else from 0' }, ...COORDINATES],
  defaultChoice: 'auto',
};

export const writeCoordinates: FormatOption = {
  id: 'coordinates',
  title: 'Count pixels',
  description: 'Whether the first pixel of a picture is 0 or 1 in the boxes that are written.',
  choices: COORDINATES,
  defaultChoice: 'zero-based',
};

export const readClassNumbers: FormatOption = {
  id: 'classNumbers',
  title: 'Classes are counted',
  description: 'Whether the first class is 1 or 0 in this dataset.',
  choices: [
    { id: 'from-one', title: 'From 1, as MOTChallenge, CVAT and Datumaro do' },
    { id: 'from-zero', title: 'From 0, as X-AnyLabeling does' },
  ],
  defaultChoice: 'from-one',
};

/** @returns the first pixel's number, null for what the dataset says. */
export function firstPixelToRead(options: OptionValues): 0 | 1 | null {
  const choice = chosen(readCoordinates, options);
  if (choice === 'auto') return null;
  return choice === 'one-based' ? 1 : 0;
}

export function firstPixelToWrite(options: OptionValues): 0 | 1 {
  return chosen(writeCoordinates, options) === 'one-based' ? 1 : 0;
}

export function firstClassToRead(options: OptionValues): 0 | 1 {
  return chosen(readClassNumbers, options) === 'from-zero' ? 0 : 1;
}
