import { chosen, type FormatOption, type OptionValues } from '../formats/format-options';
import type { ConversionReach } from './held-shape';

/** Of which picture coordinates speak. */
export const frameOption = {
  id: 'frame',
  title: 'Pixel frame',
  description:
    'Photos of phones and cameras are often stored on their side and shown upright (EXIF). Most tools show them as Groundmark does; some read the pixels as they are stored.',
  choices: [
    { id: 'displayed', title: 'As displayed, with EXIF applied' },
    { id: 'stored', title: 'As stored, for tools that ignore EXIF' },
  ],
  defaultChoice: 'displayed',
} as const satisfies FormatOption;

/** What becomes of shapes that reach out of their picture. */
export const clampOption = {
  id: 'clamp',
  title: 'Shapes that leave the picture',
  description: 'Trainers often fail on coordinates outside of the picture.',
  choices: [
    { id: 'keep', title: 'Keep as they are' },
    { id: 'clip', title: 'Cut at the edge' },
    { id: 'drop', title: 'Leave out' },
  ],
  defaultChoice: 'keep',
} as const satisfies FormatOption;

/** What becomes of shapes that the format does not hold. */
export const shapesOption = {
  id: 'shapes',
  title: 'Shapes that the format does not hold',
  description: 'Each one is listed with what was lost of it.',
  choices: [
    // A lane's box, or a class for the whole picture, is a label that nobody gave; an outline's box is the same object.
    { id: 'areas', title: 'Convert areas to the nearest kind of area, leave out the rest' },
    { id: 'convert', title: 'Convert all to the nearest kind that it holds' },
    { id: 'leave-out', title: 'Leave out' },
  ],
  defaultChoice: 'areas',
} as const satisfies FormatOption;

/** How far the choice of what becomes of such shapes goes. */
export function conversionReach(values: OptionValues): ConversionReach {
  const choice = chosen(shapesOption, values);
  return choice === 'convert' ? 'all' : choice === 'areas' ? 'areas' : 'none';
}

/** How many decimals coordinates have, in image px. */
export const decimalsOption = {
  id: 'decimals',
  title: 'Decimals of coordinates',
  description:
    'Fewer decimals make smaller files. Coordinates are in pixels before a format makes fractions of them.',
  choices: [
    { id: 'all', title: 'All that there are' },
    { id: '3', title: '3' },
    { id: '2', title: '2' },
    { id: '1', title: '1' },
    { id: '0', title: 'Whole pixels' },
  ],
  defaultChoice: 'all',
} as const satisfies FormatOption;

/** What becomes of pictures that nobody has looked at. */
export const unlabelledOption = {
  id: 'unlabelled',
  title: 'Pictures that are not labelled yet',
  description: 'A trainer takes a picture without shapes for one that holds nothing.',
  choices: [
    { id: 'leave-out', title: 'Leave out' },
    { id: 'as-empty', title: 'Write as holding nothing' },
  ],
  defaultChoice: 'leave-out',
} as const satisfies FormatOption;

/** Whether images are dealt to train, val and test. */
export const splitsOption = {
  id: 'splits',
  title: 'Splits',
  description: 'Train, validation and test, as the dataset has them.',
  choices: [
    { id: 'keep', title: 'Keep' },
    { id: 'none', title: 'All images together' },
  ],
  defaultChoice: 'keep',
} as const satisfies FormatOption;

/** What can be chosen for an export into any format. Forms, command-line flags and help are made from this table. */
export const EXPORT_OPTIONS: readonly FormatOption[] = [
  shapesOption,
  clampOption,
  frameOption,
  decimalsOption,
  unlabelledOption,
  splitsOption,
];
