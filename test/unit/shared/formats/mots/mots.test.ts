import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { mots } from '../../../../../shared/formats/mots/mots';
import { parseMotsRow } from '../../../../../shared/formats/mots/parse-mots-row';
import { decodePng, valuesOfPng } from '../../../../../shared/formats/parts/png/decode-png';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

describe('a row of MOTS', () => {
  // Four columns of two pixels: two unset, two set, four unset.
  const rle = '222';
  it.each([
    [`1 2001 2 2 4`, 'mots-bad-row'],
    [`1 x 2 2 4 ${rle}`, 'mots-not-a-number'],
    [`0 2001 2 2 4 ${rle}`, 'mots-bad-frame'],
    [`1 2001 1 2 4 ${rle}`, 'mots-bad-id'],
    [`1 999 0 2 4 ${rle}`, 'mots-bad-id'],
    [`1 70000 70 2 4 ${rle}`, 'mots-bad-id'],
    [`1 2001 2 2 5 ${rle}`, 'mots-bad-mask'],
    [`1 2001 2 2 4 ~~~`, 'mots-bad-mask'],
    [`1 2001 2 2 4 8`, 'mots-empty-mask'],
    [`1 2001 2 2 99999999 ${rle}`, 'mots-bad-mask'],
  ])('%s is %s', (row, code) => {
    expect(parseMotsRow(row.split(' '), 1)).toMatchObject({ code });
  });

  it('says what it means', () => {
    expect(parseMotsRow(`3 2001 2 2 4 ${'224'}`.split(' '), 1)).toMatchObject({
      frame: 3,
      classIndex: 1,
      trackId: '2001',
      shape: { type: 'mask', x: 1, y: 0, width: 1, height: 2 },
      size: { width: 4, height: 2 },
    });
  });
});

const row = (x: number, width: number, more: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
  imageKey: 'a.png',
  classIndex: 0,
  shape: { type: 'mask', x, y: 0, width, height: 1, rle: `0${width}` },
  isCrowd: false,
  attributes: {},
  score: null,
  ...more,
});

const given = {
  labels: [
    { classIndex: 0, name: 'car', supercategory: null },
    { classIndex: 65, name: 'beyond', supercategory: null },
  ],
  images: [
    {
      image: {
        key: 'a.png',
        size: { width: 6, height: 1 },
        split: null,
        state: 'labelled' as const,
        frame: { sequence: 's', index: 0 },
      },
      annotations: [
        row(0, 4, { trackId: '1005' }),
        row(2, 1, { trackId: '7' }),
        row(2, 3),
        row(0, 2, { classIndex: 65 }),
        row(5, 3, { trackId: 'out' }),
      ],
    },
  ],
};

describe('MOTS as it is written', () => {
  it('has no pixel of two objects, and tells what was covered', async () => {
    const sink = memorySink();
    const report = okValue(await mots.write(memorySource(given), sink, { options: { form: 'png' } }));
    const png = okValue(decodePng(sink.files.get('instances/s/000001.png') as Uint8Array, 'png'));
    // 1999 is the last number of its class, for what is not tracked; 1007 lies below it as a whole.
    expect([...valuesOfPng(png)]).toEqual([1005, 1005, 1999, 1999, 1999, 1000]);
    expect(report.lossCountByCode).toEqual({
      'mask-covered': 3,
      'class-number-too-large': 1,
      'track-renumbered': 1,
    });
  });

  it.each(['txt', 'png'])('as %s is read by us with all that was covered', async (form) => {
    const sink = memorySink();
    okValue(await mots.write(memorySource(given), sink, { options: { form } }));
    const read = await collected(mots.read(memoryFolder(sink.files)));
    const places = read.annotations.map(({ shape, trackId }) => [
      shape.type === 'mask' ? [shape.x, shape.width] : null,
      trackId,
    ]);
    expect(places).toHaveLength(4);
    expect(places).toEqual(
      expect.arrayContaining([
        [[0, 4], '1005'],
        [[2, 1], '7'],
        [[2, 3], undefined],
        [[5, 3], 'out'],
      ]),
    );
    expect(read.problems).toEqual([]);
  });

  it('text is read by others with what is seen alone', async () => {
    const sink = memorySink();
    okValue(await mots.write(memorySource(given), sink));
    const others = new Map([...sink.files].filter(([path]) => !path.startsWith('groundmark')));
    const read = await collected(mots.read(memoryFolder(others)));
    expect(
      read.annotations.map(({ shape, trackId }) => [
        shape.type === 'mask' ? [shape.x, shape.width] : null,
        trackId,
      ]),
    ).toEqual([
      [[0, 2], '1005'],
      [[2, 3], '1999'],
      [[5, 1], '1000'],
    ]);
    expect(read.labels.map(({ name }) => name).slice(0, 1)).toEqual(['car']);
  });
});
