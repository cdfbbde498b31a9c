import { expect, it } from 'vitest';
import { decodeRle, encodeRle, endsOfLengths, lengthsOfRuns } from '../../../../shared/geometry/rle';

/** Uncompressed counts and the text that pycocotools 2.0.11 writes for them. */
const WRITTEN_BY_PYCOCOTOOLS = [
  { what: 'a few pixels of 4 × 3', lengths: [1, 1, 1, 5, 3, 1], text: '11142L' },
  { what: 'all pixels of 3 × 2', lengths: [0, 6], text: '06' },
  { what: 'no pixel of 5 × 4', lengths: [20], text: 'd0' },
  {
    what: 'a rectangle of 400 × 350 px in 640 × 480',
    lengths: [48_050, ...Array.from({ length: 399 }, () => [350, 130]).flat(), 350, 67_280],
    text: `bm^1n:R4${'0'.repeat(797)}^bQ2`,
  },
  {
    what: 'the polygon 10,10 30,10 30,25 10,25 in 40 × 40',
    lengths: [410, ...Array.from({ length: 19 }, () => [15, 25]).flat(), 15, 415],
    text: `j<?i${'0'.repeat(38)}V<`,
  },
];

it.each(WRITTEN_BY_PYCOCOTOOLS)('writes and reads $what as pycocotools does', ({ lengths, text }) => {
  const ends = endsOfLengths(lengths);
  const pixels = lengths.reduce((sum, length) => sum + length, 0);
  expect(encodeRle(ends)).toBe(text);
  expect(lengthsOfRuns(decodeRle(text, pixels) ?? new Uint32Array())).toEqual(lengths);
});

it.each([
  ['a window of another size', '06', 7],
  ['a text that breaks off', 'b', 50],
  ['characters that are no digits of it', '0 6', 6],
  ['a run that is less than nothing', '0l', 6],
  ['no text', '', 4],
  ['digits without end', 'ooooooooooooooo0', 4],
])('refuses %s', (_, text, pixels) => {
  expect(decodeRle(text, pixels)).toBeNull();
});

it('joins what an empty run keeps apart', () => {
  expect(lengthsOfRuns(endsOfLengths([2, 0, 3, 1, 0, 2]))).toEqual([5, 3]);
  expect(lengthsOfRuns(endsOfLengths([0, 0, 4]))).toEqual([4]);
});
