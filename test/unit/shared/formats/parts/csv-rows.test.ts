import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../../shared/formats/parts/csv/csv-line';
import { CsvRows } from '../../../../../shared/formats/parts/csv/csv-rows';
import { delimiterOf, firstRows } from '../../../../../shared/formats/parts/csv/stream-csv';

function read(text: string, size = text.length || 1, delimiter = ',') {
  const reader = new CsvRows(delimiter);
  const rows: (readonly [number, readonly string[]])[] = [];
  for (let at = 0; at < text.length; at += size) {
    rows.push(...reader.push(text.slice(at, at + size)).map(({ line, cells }) => [line, cells] as const));
  }
  rows.push(...reader.end().map(({ line, cells }) => [line, cells] as const));
  return { rows, faults: reader.takeFaults(), isStopped: reader.isStopped };
}

describe('rows of delimited text', () => {
  it.each([
    [
      'line ends of all kinds',
      'a,b\nc,d\r\ne,f\rg,h',
      [
        [1, 'a b'],
        [2, 'c d'],
        [3, 'e f'],
        [4, 'g h'],
      ],
    ],
    [
      'blank lines, which still count',
      'a\n\n\r\nb',
      [
        [1, 'a'],
        [4, 'b'],
      ],
    ],
    ['a mark at the beginning', '\ufeffa,b', [[1, 'a b']]],
    [
      'empty cells',
      ',\n"",x',
      [
        [1, ' '],
        [2, ' x'],
      ],
    ],
    [
      'a line end inside quotes',
      '"a\r\nb",c\nd',
      [
        [1, 'a\r\nb c'],
        [3, 'd'],
      ],
    ],
    ['quotes inside quotes', '"say ""x""",y', [[1, 'say "x" y']]],
    ['a quote in the middle of a bare cell', 'a"b,c', [[1, 'a"b c']]],
    ['text behind a closing quote', '"a"b,c', [[1, 'ab c']]],
  ])('%s', (_what, text, expected) => {
    for (const size of [1, 2, 3, 100]) {
      const { rows, faults } = read(text, size);
      expect(rows.map(([line, cells]) => [line, cells.join(' ')])).toEqual(expected);
      expect(faults).toEqual([]);
    }
  });

  it('a quote that is never closed costs its line alone', () => {
    for (const size of [1, 7, 100]) {
      const { rows, faults } = read('a,b\n"c,d\ne,f\n', size);
      expect(rows).toEqual([
        [1, ['a', 'b']],
        [3, ['e', 'f']],
      ]);
      expect(faults.map(({ line }) => line)).toEqual([2]);
    }
  });

  it('a file of nothing but open quotes ends soon', () => {
    const { faults, isStopped } = read(`${'"""x\n'.repeat(3)}${'"x""\n'.repeat(20_000)}`, 64 * 1024);
    expect(faults.length).toBeLessThanOrEqual(101);
    expect(isStopped || faults.length > 0).toBe(true);
  });

  it('whatever is written is read again, with any delimiter and in pieces of any size', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 5 }), {
          maxLength: 6,
        }),
        fc.constantFrom(',', ';', '\t', '|', ' '),
        fc.integer({ min: 1, max: 40 }),
        (table, delimiter, size) => {
          // The mark at the very beginning of a file is no text of it.
          const text =
            csvLine(['head'], delimiter) + table.map((cells) => csvLine(cells, delimiter)).join('');
          expect(
            read(text, size, delimiter)
              .rows.slice(1)
              .map(([, cells]) => cells),
          ).toEqual(table);
        },
      ),
      { numRuns: 150 },
    ));

  it('text that a spreadsheet would take for a formula is left as it is', () => {
    expect(csvLine(['=1+1', '@x', '+7', '-7', '"=x"'])).toBe('=1+1,@x,+7,-7,"""=x"""\n');
  });

  it.each([
    ['a,b;c,d', ','],
    ['"a;b;c";d;e', ';'],
    ['a\tb\tc, d', '\t'],
    ['a|b|c', '|'],
    ['alone', ','],
    ['', ','],
  ])('the delimiter of %j', (head, delimiter) => {
    expect(delimiterOf(head)).toBe(delimiter);
  });

  it('the first rows of a short file are all of it', () => {
    expect(firstRows('a,b\nc,d', ',', 5).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
