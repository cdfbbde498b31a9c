import { type FormatOption, type OptionValues } from '../format-options';
import type { BoxCells } from './foreign-layout';
export declare const readBoxCells: FormatOption;
export declare function boxCellsToRead(options: OptionValues): BoxCells;
