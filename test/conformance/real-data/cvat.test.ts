import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cvat } from '../../../shared/formats/cvat/cvat';
import { cvatVideo } from '../../../shared/formats/cvat-video/cvat-video';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const asset = (name: string) => path.join(DATUMARO_ASSETS, 'cvat_dataset', name);

describe.skipIf(!isRealDataHere)('real datasets of CVAT for images', () => {
  const attributes = { occluded: true, a1: true, a2: 'v3', a3: '0003', a4: 2.4 };
  /** The same two pictures in each of three tasks; the polyline lies in a lower layer than the box. */
  const inEach = (subset: string) => [
    [
      `${subset}/img0.jpg`,
      'label2',
      {
        type: 'polyline',
        points: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
          { x: 5, y: 6 },
          { x: 7, y: 8 },
        ],
      },
      {},
    ],
    [`${subset}/img0.jpg`, 'label1', { type: 'box', x: 0, y: 2, width: 4, height: 2 }, attributes],
    [
      `${subset}/img1.jpg`,
      'label1',
      {
        type: 'polygon',
        parts: [
          {
            exterior: [
              { x: 1, y: 2 },
              { x: 3, y: 4 },
              { x: 6, y: 5 },
            ],
            holes: [],
          },
        ],
      },
      {},
    ],
    [
      `${subset}/img1.jpg`,
      'label2',
      {
        type: 'points',
        points: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
          { x: 5, y: 6 },
        ],
      },
      {},
    ],
  ];

  it('a project has its pictures below their subsets', async () => {
    const { formatIds, read } = await readReal(asset('for_images/export_project'));
    expect(formatIds).toEqual(['cvat']);
    expect(read.problems).toEqual([]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, attributes: given }) => [
        imageKey,
        read.labels[classIndex]?.name,
        shape,
        given,
      ]),
    ).toEqual(['Test', 'Train', 'Validation'].flatMap(inEach));
    expect(read.images.map(({ key, split, size }) => [key, split, size?.width, size?.height])).toEqual([
      ['Test/img0.jpg', 'test', 8, 8],
      ['Test/img1.jpg', 'test', 10, 10],
      ['Train/img0.jpg', 'train', 8, 8],
      ['Train/img1.jpg', 'train', 10, 10],
      ['Validation/img0.jpg', 'val', 8, 8],
      ['Validation/img1.jpg', 'val', 10, 10],
    ]);
    expect(
      read.labels[0]?.attributes?.map(({ name, kind, defaultValue }) => [name, kind, defaultValue]),
    ).toEqual([
      ['a1', 'checkbox', false],
      ['a2', 'select', 'v1'],
      ['a3', 'text', '0000'],
      ['a4', 'number', 0],
    ]);
  });

  it('a task has two shapes without a label, which are said and left out', async () => {
    const { formatIds, read } = await readReal(asset('for_images/export_task'));
    expect(formatIds).toEqual(['cvat']);
    expect(read.annotations.map(({ imageKey, shape }) => [imageKey, shape.type])).toEqual([
      ['img0.jpg', 'box'],
      ['img1.jpg', 'points'],
    ]);
    expect(read.problems.map(({ code, line }) => [code, line])).toEqual([
      ['cvat-no-label', 50],
      ['cvat-no-label', 53],
    ]);
    expect(new Set(read.images.map(({ split }) => split))).toEqual(new Set(['train']));
  });

  it.each(['for_images/export_project', 'for_images/export_task'])(
    '%s written and read again is the same',
    async (folder) => {
      const { report, comparison, problems } = await rewritten(cvat, asset(folder));
      expect([comparison.samples, problems, report.losses]).toEqual([[], [], []]);
    },
  );
});

describe.skipIf(!isRealDataHere)('a real dataset of CVAT for video', () => {
  it('has its tracks by frames, and a frame that nothing is in', async () => {
    const { formatIds, read } = await readReal(asset('for_video'));
    expect(formatIds).toEqual(['cvat-video']);
    expect(read.problems).toEqual([]);
    expect(read.images.map(({ key, state, frame }) => [key, state, frame?.index])).toEqual([
      ['frame_000010.png', 'labelled', 10],
      ['frame_000013.png', 'labelled', 13],
      ['frame_000016.png', 'labelled', 16],
      ['frame_000019.png', 'unlabelled', 19],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, trackId, isOutside }) => [
        imageKey.slice(10, 12),
        read.labels[classIndex]?.name,
        shape.type,
        trackId,
        isOutside === true,
      ]),
    ).toEqual([
      ['10', 'II', 'box', '0', false],
      ['10', 'klhg', 'points', '1', false],
      ['13', 'II', 'box', '0', true],
      ['13', 'klhg', 'points', '1', true],
      ['13', 'II', 'polyline', '2', false],
      ['16', 'II', 'box', '0', true],
      ['16', 'II', 'polyline', '2', true],
    ]);
    expect(read.annotations[0]).toMatchObject({
      shape: { x: 3, y: 4, width: 7, height: 1 },
      attributes: { occluded: true },
    });
    expect(read.labels.map(({ name }) => name)).toEqual(['klhg', 'z U k', 'II']);
    expect(read.labels[0]?.attributes).toEqual([
      { name: 'hgl', kind: 'select', options: ['jk', 'hgkf'], defaultValue: 'jk' },
    ]);
  });

  it('written and read again is the same', async () => {
    const { report, comparison, problems } = await rewritten(cvatVideo, asset('for_video'));
    expect([comparison.samples, problems]).toEqual([[], []]);
    expect(report.lossCountByCode).toEqual({ 'unlabelled-image-left-out': 1 });
  });
});
