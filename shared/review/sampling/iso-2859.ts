import { appError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { INSPECTION_LEVELS } from '../../schema/batch';

export type InspectionLevel = (typeof INSPECTION_LEVELS)[number];

/** Sample size code letters; I and O are left out as in the standard. */
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R'] as const;
export type CodeLetter = (typeof LETTERS)[number];

const SAMPLE_SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000] as const;

/** Acceptance quality limits, per cent nonconforming (and above 10 nonconformities per 100 items). */
export const AQLS = [
  0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1, 1.5, 2.5, 4, 6.5, 10, 15, 25, 40, 65, 100,
  150, 250, 400, 650, 1000,
] as const;

/** Table 1: code letters by lot size (to and including) for S-1, S-2, S-3, S-4, I, II, III. */
const TABLE_1: readonly (readonly [largestLot: number, letters: string])[] = [
  [8, 'AAAAAAB'],
  [15, 'AAAAABC'],
  [25, 'AABBBCD'],
  [50, 'ABBCCDE'],
  [90, 'BBCCCEF'],
  [150, 'BBCDDFG'],
  [280, 'BCDEEGH'],
  [500, 'BCDEFHJ'],
  [1200, 'CCEFGJK'],
  [3200, 'CDEGHKL'],
  [10_000, 'CDFGJLM'],
  [35_000, 'CDFHKMN'],
  [150_000, 'DEGJLNP'],
  [500_000, 'DEGJMPQ'],
  [Number.POSITIVE_INFINITY, 'DEHKNQR'],
];
const LEVEL_COLUMNS: readonly InspectionLevel[] = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'];

/**
 * The master tables 2-A and 2-B of ISO 2859-1:1999. A step to the next letter and a step to the next limit mean the same
 * (both are steps of the same geometric series, R5 of ISO 3), so that what a cell says depends on the sum of its two
 * places alone: a number of nonconforming items to accept, `up` or `down` to the nearest plan above or below.
 */
type Cell = number | 'up' | 'down';
interface MasterTable {
  /** The sum of places of the cells with acceptance number 0. */
  readonly first: number;
  readonly cells: readonly Cell[];
  /** The last two numbers stand only in the rows up to E. */
  readonly largestForLaterLetters: number;
}
const NORMAL: MasterTable = {
  first: 14,
  cells: [0, 'up', 'down', 1, 2, 3, 5, 7, 10, 14, 21, 30, 44],
  largestForLaterLetters: 21,
};
const TIGHTENED: MasterTable = {
  first: 15,
  cells: [0, 'down', 'down', 1, 2, 3, 5, 8, 12, 18, 27, 41],
  largestForLaterLetters: 18,
};
const LAST_LETTER_OF_LARGEST = LETTERS.indexOf('E');

export interface SinglePlan {
  /** Letter of the plan that the arrows lead to. */
  readonly letter: CodeLetter;
  /** Items to look at; the whole lot when it is not larger. */
  readonly sampleSize: number;
  /** With at most this many nonconforming items the lot is accepted (Ac); the rejection number is one more (Re). */
  readonly acceptanceNumber: number;
}

/** Table 1. @param lotSize at least 2: of one item nothing is sampled. */
export function codeLetter(lotSize: number, level: InspectionLevel): CodeLetter {
  const row = TABLE_1.find(([largest]) => lotSize <= largest) ?? TABLE_1[TABLE_1.length - 1];
  return (row?.[1].charAt(LEVEL_COLUMNS.indexOf(level)) ?? 'A') as CodeLetter;
}

/**
 * The single sampling plan for a lot, by ISO 2859-1:1999 (the same as ANSI/ASQ Z1.4 and MIL-STD-105E): the code letter
 * of the lot's size, then the master table, following arrows; where an arrow leaves the table the nearest plan of the
 * limit is taken. When the sample would be as large as the lot, all of it is inspected.
 * Error: `usage.bad-arguments` for a limit that the standard has not.
 */
export function singlePlan(
  lotSize: number,
  level: InspectionLevel,
  severity: 'normal' | 'tightened',
  aql: number,
): Result<SinglePlan> {
  const column = (AQLS as readonly number[]).indexOf(aql);
  if (column < 0) {
    return err(
      appError(
        'usage.bad-arguments',
        `${aql} is no acceptance quality limit of ISO 2859-1. It has ${AQLS.join(', ')}.`,
      ),
    );
  }
  const table = severity === 'normal' ? NORMAL : TIGHTENED;
  const start = LETTERS.indexOf(codeLetter(lotSize, level));
  const first = cellAt(table, start, column);
  const isUp = first === 'up';
  const row =
    typeof first === 'number'
      ? start
      : (planFrom(table, start, column, isUp ? -1 : 1) ??
        planFrom(table, start, column, isUp ? 1 : -1) ??
        start);
  const acceptanceNumber = cellAt(table, row, column);
  return ok({
    letter: LETTERS[row] ?? 'A',
    sampleSize: Math.min(SAMPLE_SIZES[row] ?? lotSize, lotSize),
    acceptanceNumber: typeof acceptanceNumber === 'number' ? acceptanceNumber : 0,
  });
}

function cellAt(table: MasterTable, row: number, column: number): Cell {
  const place = row + column - table.first;
  if (place < 0) return 'down';
  const cell = table.cells[place];
  if (cell === undefined) return 'up';
  const isTooLarge =
    row > LAST_LETTER_OF_LARGEST && typeof cell === 'number' && cell > table.largestForLaterLetters;
  return isTooLarge ? 'up' : cell;
}

/** The nearest row in a direction whose cell is a number; null when there is none. */
function planFrom(table: MasterTable, start: number, column: number, step: 1 | -1): number | null {
  for (let row = start + step; row >= 0 && row < LETTERS.length; row += step) {
    if (typeof cellAt(table, row, column) === 'number') return row;
  }
  return null;
}
