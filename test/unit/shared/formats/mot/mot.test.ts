import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetImage } from '../../../../../shared/formats/format';
import { mot } from '../../../../../shared/formats/mot/mot';
import { parseMotRow } from '../../../../../shared/formats/mot/parse-mot-row';
import { parseSeqinfo } from '../../../../../shared/formats/parts/sequences/seqinfo';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const dialect = { hasWorldPlaces: false, isDetections: false, firstPixel: 0, firstClass: 1 } as const;

describe('a row of MOT', () => {
  it.each([
    ['1,1,1,1,2', 'mot-bad-row'],
    ['0,1,1,1,2,2', 'mot-bad-frame'],
    ['1.5,1,1,1,2,2', 'mot-bad-frame'],
    ['1e12,1,1,1,2,2', 'mot-bad-frame'],
    ['1,1,NaN,1,2,2', 'mot-not-a-number'],
    ['1,1,1,1,,2', 'mot-not-a-number'],
    ['1,1,1,1,0,2', 'mot-degenerate-box'],
    ['1,1,1,1,-2,2', 'mot-degenerate-box'],
    ['1,1,1,1,2,2,1,0,1', 'mot-bad-class'],
    ['1,1,1,1,2,2,1,2.5,1', 'mot-bad-class'],
    ['1,1,1,1,2,2,1,1e9,1', 'mot-bad-class'],
  ])('%s is %s', (row, code) => {
    expect(parseMotRow(row.split(','), dialect)).toMatchObject({ code });
  });

  it('keeps track 0, and takes -1 for no track', () => {
    expect(parseMotRow('1,0,1,1,2,2'.split(','), dialect)).toMatchObject({ trackId: '0' });
    expect(parseMotRow('1,-1,1,1,2,2'.split(','), dialect)).toMatchObject({ trackId: null });
  });

  it('counts pixels and classes from where it is told', () => {
    const row = '1,1,1,1,2,2,1,0,-1'.split(',');
    expect(parseMotRow(row, { ...dialect, firstPixel: 1, firstClass: 0 })).toMatchObject({
      classIndex: 0,
      shape: { x: 0, y: 0, width: 2, height: 2 },
    });
  });
});

describe('seqinfo.ini', () => {
  it('that makes no sense says nothing', () => {
    const text =
      'name=\nimDir=../../etc\nframeRate=0\nseqLength=1e12\nimWidth=-5\nimHeight=nan\nimExt=/../x\nbbOrigin=7\n[__proto__]\n=x';
    expect(parseSeqinfo(text)).toEqual({
      name: null,
      pictures: 'img1',
      framesPerSecond: null,
      frameCount: null,
      size: null,
      extension: '.jpg',
      firstPixel: null,
    });
  });
});

const image = (key: string, more: Partial<DatasetImage> = {}): DatasetImage => ({
  key,
  size: { width: 100, height: 100 },
  split: null,
  state: 'labelled',
  ...more,
});
const object = (imageKey: string, more: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
  imageKey,
  classIndex: 0,
  shape: { type: 'box', x: 1, y: 2, width: 3, height: 4 },
  isCrowd: false,
  attributes: {},
  score: null,
  ...more,
});

describe('MOT as it is written', () => {
  const frame = (index: number) => ({ sequence: 'a/b: c', index });

  it('calls tracks by numbers, keeps those that are numbers, and marks what has left the picture', async () => {
    const sink = memorySink();
    const report = okValue(
      await mot.write(
        memorySource({
          labels: [{ classIndex: 2, name: 'car', supercategory: null }],
          images: [
            {
              image: image('x.jpg', { frame: frame(0) }),
              annotations: [
                object('x.jpg', { classIndex: 2, trackId: '0' }),
                object('x.jpg', { classIndex: 2, trackId: 'left car' }),
                object('x.jpg', { classIndex: 2, trackId: '7', isOutside: true }),
                object('x.jpg', { classIndex: 2, attributes: { ignored: true, visibility: 0.5 } }),
              ],
            },
            {
              image: image('y.jpg', { frame: frame(2) }),
              annotations: [object('y.jpg', { classIndex: 2, trackId: 'left car' })],
            },
          ],
        }),
        sink,
      ),
    );
    expect(sink.files.get('a%2Fb%3A c/gt/gt.txt')).toBe(
      [
        '1,0,1,2,3,4,1,3,-1',
        '1,8,1,2,3,4,1,3,-1',
        '1,7,1,2,3,4,0,3,0',
        '1,-1,1,2,3,4,0,3,0.5',
        '3,8,1,2,3,4,1,3,-1',
        '',
      ].join('\n'),
    );
    expect(sink.files.get('a%2Fb%3A c/gt/labels.txt')).toBe('unused-0\nunused-1\ncar\n');
    expect(String(sink.files.get('a%2Fb%3A c/seqinfo.ini'))).toContain('seqLength=3\n');
    expect(report.lossCountByCode).toEqual({ 'track-renumbered': 1, 'outside-flag-converted': 1 });
    expect(report.notes).toEqual([
      'The frame rate of 1 sequences is not known; their seqinfo.ini says 30 frames a second.',
    ]);
  });

  it('places pictures without a frame by the numbers in their names', () => {
    expect(
      ['day/0007.jpg', 'clip_12.png', 'a.jpg', '3.jpg', '0000.jpg'].map((key) => mot.picturePath(image(key))),
    ).toEqual([
      'day/img1/000007.jpg',
      'clip/img1/000012.png',
      'a/img1/000001.jpg',
      'sequence/img1/000003.jpg',
      '0000/img1/000001.jpg',
    ]);
  });

  it('leaves out a second picture of one frame', async () => {
    const sink = memorySink();
    const images = ['1.jpg', '01.jpg'].map((key) => ({ image: image(key), annotations: [object(key)] }));
    const report = okValue(
      await mot.write(
        memorySource({ labels: [{ classIndex: 0, name: 'a', supercategory: null }], images }),
        sink,
      ),
    );
    expect(report.leftOutImages).toEqual(['01.jpg']);
    expect(report.images).toBe(1);
    expect(sink.files.get('sequence/gt/gt.txt')).toBe('1,-1,1,2,3,4,1,1,-1\n');
  });

  it('gives a long or strange sequence a folder of its own that any system takes', () => {
    const path = mot.picturePath(image('x.jpg', { frame: { sequence: '../'.repeat(500), index: 4 } })) ?? '';
    expect(path).toMatch(/^%2E\.%2F[^/]{1,60}\/img1\/000005\.jpg$/);
    expect(mot.picturePath(image('x.jpg', { frame: { sequence: '', index: 0 } }))).toBe('%/img1/000001.jpg');
  });
});

describe('MOT as it is read', () => {
  it('asks about class 0', async () => {
    const folder = memoryFolder(new Map([['s/gt/gt.txt', '1,1,1,1,2,2,1,0,1\n1,2,1,1,2,2,1,1,1\n']]));
    expect((await mot.detect(folder)).questions?.map(({ optionId }) => optionId)).toEqual(['classNumbers']);
    const fromOne = await collected(mot.read(folder));
    expect(fromOne.problems.map(({ code }) => code)).toEqual(['mot-bad-class']);
    const fromZero = await collected(mot.read(folder, { classNumbers: 'from-zero' }));
    expect(fromZero.annotations.map(({ classIndex }) => classIndex)).toEqual([0, 1]);
    expect(fromZero.problems).toEqual([]);
  });

  it('rows by track, as MOT16 has them, come out by frame', async () => {
    const folder = memoryFolder(
      new Map([['gt/gt.txt', '1,1,1,1,2,2\n2,1,1,1,2,2\n1,2,1,1,2,2\n2,2,1,1,2,2\n']]),
      {
        chunkChars: 5,
      },
    );
    const read = await collected(mot.read(folder));
    expect(read.annotations.map(({ imageKey, trackId }) => [imageKey, trackId])).toEqual([
      ['img1/000001.jpg', '1'],
      ['img1/000001.jpg', '2'],
      ['img1/000002.jpg', '1'],
      ['img1/000002.jpg', '2'],
    ]);
    expect(read.orderFaults).toEqual([]);
  });

  it('lists of classes that differ are told', async () => {
    const read = await collected(
      mot.read(
        memoryFolder(
          new Map([
            ['a/gt/gt.txt', '1,1,1,1,2,2,1,1,1\n'],
            ['a/gt/labels.txt', 'car\n'],
            ['b/gt/gt.txt', '1,1,1,1,2,2,1,1,1\n'],
            ['b/gt/labels.txt', 'bus\n'],
          ]),
        ),
      ),
    );
    expect(read.labels.map(({ name }) => name)).toEqual(['car']);
    expect(read.problems.map(({ code }) => code)).toEqual(['labels-differ']);
  });
});
