import type { CsvLayout } from './csv-row';
/** The layout of a table with our own columns, in any order; null when it has not enough of them. */
export declare function ownLayout(header: readonly string[]): CsvLayout | null;
