import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mot } from '../../../shared/formats/mot/mot';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const pets = path.join(REAL_DATA, 'video-pets');
const assets = path.join(DATUMARO_ASSETS, 'mot_dataset');

describe.skipIf(!isRealDataHere)('real MOT datasets', () => {
  // An independent reading: cells of lines, by nothing but commas.
  const rows = () =>
    readFileSync(path.join(pets, 'gt/gt.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));

  it('video-pets: people of MOT15 through thirty frames', async () => {
    const { formatIds, read } = await readReal(pets);
    expect(formatIds).toEqual(['mot']);
    expect(read.labels).toEqual([{ classIndex: 0, name: 'pedestrian', supercategory: null }]);
    expect(read.images).toHaveLength(30);
    expect(read.images[29]).toEqual({
      key: 'img1/000030.jpg',
      size: { width: 768, height: 576 },
      split: null,
      state: 'labelled',
      frame: { sequence: 'PETS09-S2L1', index: 29, timestampInMs: 2900 },
    });
    expect(rows()).toHaveLength(113);
    expect(
      read.annotations.map(({ imageKey, trackId, shape }) => [
        Number(/(\d+)\.jpg$/.exec(imageKey)?.[1]),
        Number(trackId),
        ...(shape.type === 'box' ? [shape.x, shape.y, shape.width, shape.height] : []),
      ]),
    ).toEqual([...rows()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).map((row) => row.slice(0, 6)));
    const counts = new Map<string, number>();
    for (const { trackId = '' } of read.annotations) counts.set(trackId, (counts.get(trackId) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 9: 30, 11: 14, 12: 9, 15: 30, 19: 30 });
    expect(
      read.annotations.every(
        ({ attributes, score }) => Object.keys(attributes).length === 0 && score === null,
      ),
    ).toBe(true);
    // seqinfo.ini counts 60 frames, of which half have no picture here.
    expect(read.problems.map(({ code }) => code)).toEqual(['sequence-frames-missing']);
    expect(read.orderFaults).toEqual([]);
  });

  it.each(['mot_seq', 'mot_seq_with_seqinfo'])(
    '%s: class 3 is the third name of labels.txt',
    async (name) => {
      const { formatIds, read } = await readReal(path.join(assets, name));
      expect(formatIds).toEqual(['mot']);
      expect(read.labels.map((label) => label.name)).toEqual(
        Array.from({ length: 10 }, (_, at) => `label_${at}`),
      );
      expect(read.images.map(({ key, size }) => [key, size])).toEqual([
        ['img1/000001.jpg', { width: 16, height: 16 }],
      ]);
      expect(read.annotations).toEqual([
        {
          imageKey: 'img1/000001.jpg',
          classIndex: 2,
          shape: { type: 'box', x: 0, y: 4, width: 4, height: 8 },
          isCrowd: false,
          attributes: { visibility: 1 },
          score: null,
        },
      ]);
      expect(read.problems).toEqual([]);
    },
  );

  it.each([
    [pets, 113, {}],
    [path.join(assets, 'mot_seq_with_seqinfo'), 1, {}],
    [pets, 113, { coordinates: 'one-based' }],
  ] as const)('%s is the same when written and read again', async (folder, count, write) => {
    const { report, comparison, problems } = await rewritten(mot, folder, { write });
    expect(report.lossCountByCode).toEqual({});
    expect(problems).toEqual([]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(count);
  });

  it('is written as rows of MOT17, tracks called as they were', async () => {
    const { files } = await rewritten(mot, pets);
    const written = String(files.get('PETS09-S2L1/gt/gt.txt'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    expect(written.map((row) => row.slice(0, 6))).toEqual(rows().map((row) => row.slice(0, 6)));
    expect(written.every((row) => row.length === 9 && row[6] === 1 && row[7] === 1 && row[8] === -1)).toBe(
      true,
    );
    expect(files.get('PETS09-S2L1/gt/labels.txt')).toBe('pedestrian\n');
    expect(String(files.get('PETS09-S2L1/seqinfo.ini')).split('\n').slice(0, 8)).toEqual([
      '[Sequence]',
      'name=PETS09-S2L1',
      'imDir=img1',
      'frameRate=10',
      'seqLength=30',
      'imWidth=768',
      'imHeight=576',
      'imExt=.jpg',
    ]);
  });
});
