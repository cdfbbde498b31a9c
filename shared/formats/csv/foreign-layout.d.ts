import type { CsvLayout } from './csv-row';
/** How a cell that holds a box as a list is to be taken. */
export type BoxCells = 'corners' | 'corner-and-size';
/** The layout of a table of another tool by its first row, or null when it is none that is known. */
export declare function foreignLayout(first: readonly string[], sample: readonly (readonly string[])[], boxCells: BoxCells): CsvLayout | null;
