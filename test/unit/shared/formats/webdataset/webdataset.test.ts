import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatasetFolder } from '../../../../../shared/formats/format';
import { webdataset } from '../../../../../shared/formats/webdataset/webdataset';
import { appError } from '../../../../../shared/result/app-error';
import { err, ok } from '../../../../../shared/result/result';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

// Made by Python's tarfile in GNU format: a folder, a name of 120 letters, a link, and classes as ImageNet shards have them.
const foreign = readFileSync(path.join(import.meta.dirname, 'imagenet-val-000001.tar'));
const long = `x/${'n'.repeat(120)}.png`;

async function picturesIn(folder: DatasetFolder) {
  const pictures: [string, number][] = [];
  for await (const { key, bytes } of webdataset.pictures?.(folder) ?? []) pictures.push([key, bytes.length]);
  return pictures;
}

describe('shards that others made', () => {
  const folder = (bytes: Uint8Array, chunkChars = 100) =>
    memoryFolder(new Map([['imagenet-val-000001.tar', bytes]]), { chunkChars });

  it('give classes, captions and fields', async () => {
    const read = await collected(webdataset.read(folder(foreign)));
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'class-0'],
      [7, 'class-7'],
    ]);
    expect(read.images).toEqual([
      {
        key: 'x/0001.jpg',
        size: null,
        split: 'val',
        state: 'labelled',
        attributes: { caption: 'a cat', wnid: 'n01', size: 5 },
      },
      { key: long, size: null, split: 'val', state: 'labelled' },
      { key: 'y.webp', size: null, split: 'val', state: 'unlabelled' },
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, classIndex, shape.type]),
    ).toEqual([
      ['x/0001.jpg', 7, 'tag'],
      [long, 0, 'tag'],
    ]);
    expect(read.problems.map((problem) => problem.code)).toEqual(['attribute-dropped']);
    expect((await webdataset.detect(folder(foreign))).confidence).toBeGreaterThan(0.5);
  });

  it('give their pictures', async () => {
    expect(await picturesIn(folder(foreign))).toEqual([
      ['x/0001.jpg', 1],
      [long, 1],
      ['y.webp', 1],
    ]);
  });

  it('that are damaged give what came before', async () => {
    const broken = foreign.slice();
    // A byte of the second file's name.
    const at = broken.indexOf('x/0001.cls');
    broken[at] = 0x7a;
    const read = await collected(webdataset.read(folder(broken)));
    expect(read.images.map((image) => image.key)).toEqual(['x/0001.jpg']);
    expect(read.problems.map((problem) => problem.code)).toEqual(['tar-damaged']);
  });

  it('with names that climb out are kept inside', async () => {
    const text = Buffer.from(foreign.toString('latin1').replaceAll('x/0001.', '../../.'), 'latin1');
    const sums = Buffer.from(text);
    for (let block = 0; block + 512 <= sums.length; block += 512) {
      if (sums.subarray(block + 257, block + 262).toString() !== 'ustar') continue;
      sums.fill(' ', block + 148, block + 156);
      const sum = sums.subarray(block, block + 512).reduce((total, byte) => total + byte, 0);
      sums.write(`${sum.toString(8).padStart(6, '0')}\0 `, block + 148, 'latin1');
    }
    const read = await collected(webdataset.read(folder(sums)));
    for (const { key } of read.images) expect(key.split('/')).not.toContain('..');
  });
});

describe('writing WebDataset', () => {
  it('puts pictures before their labels, and says which could not be read', async () => {
    const sink = memorySink();
    const image = (key: string) =>
      ({ key, size: { width: 4, height: 3 }, split: 'val', state: 'confirmedEmpty' }) as const;
    const report = okValue(
      await webdataset.write(
        memorySource({
          labels: [],
          images: ['a.b.JPG', 'gone.png'].map((key) => ({ image: image(key), annotations: [] })),
        }),
        sink,
        {
          options: {},
          pictureBytes: async (key) =>
            key === 'gone.png'
              ? err(appError('file.not-found', 'It is gone.'))
              : ok(Uint8Array.from([1, 2, 3])),
        },
      ),
    );
    expect(report.lossCountByCode).toEqual({ 'picture-missing': 1 });
    expect([...sink.files.keys()].sort()).toEqual(['dataset.json', 'val-000000.tar']);
    const folder = memoryFolder(sink.files);
    expect(await picturesIn(folder)).toEqual([['a.b.JPG', 3]]);
    expect((await collected(webdataset.read(folder))).images).toEqual([image('a.b.JPG'), image('gone.png')]);
    const tar = Buffer.from(sink.files.get('val-000000.tar') as Uint8Array);
    expect([0, 1024].map((at) => tar.toString('latin1', at, at + 14))).toEqual([
      '000000000.jpg\0',
      '000000000.json',
    ]);
  });
});
