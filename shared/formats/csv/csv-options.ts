import { chosen, type FormatOption, type OptionValues } from '../format-options';
import type { BoxCells } from './foreign-layout';

export const readBoxCells: FormatOption = {
  id: 'boxCells',
  title: 'A box in one cell is',
  description: 'What the four numbers of a column "bbox" mean, where a table of another tool has one.',
  choices: [
    { id: 'corners', title: 'left, top, right, bottom' },
    { id: 'corner-and-size', title: 'left, top, width, height' },
  ],
  defaultChoice: 'corners',
};

export function boxCellsToRead(options: OptionValues): BoxCells {
  return chosen(readBoxCells, options) === 'corners' ? 'corners' : 'corner-and-size';
}
