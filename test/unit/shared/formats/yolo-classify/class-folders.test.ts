import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { yoloClassify } from '../../../../../shared/formats/yolo-classify/yolo-classify';
import { appError } from '../../../../../shared/result/app-error';
import { err, ok } from '../../../../../shared/result/result';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const folderOf = (...paths: string[]) => memoryFolder(new Map(paths.map((path) => [path, ''])));
const confidence = async (...paths: string[]) => (await yoloClassify.detect(folderOf(...paths))).confidence;

describe('folders of pictures', () => {
  it('are classes where splits hold several of them and nothing else', async () => {
    expect(await confidence('train/a/1.jpg', 'train/b/1.jpg', 'val/a/2.jpg', 'README.md')).toBeGreaterThan(
      0.8,
    );
  });

  it.each([
    [['a/1.jpg', 'b/1.jpg']],
    [['train/a/1.jpg']],
    [['train/images/1.jpg', 'train/masks/1.png']],
    [['train/a/1.jpg', 'train/b/1.jpg', 'train/a/1.txt']],
    [['train/a/1.jpg', 'train/b/1.jpg', 'labels.json']],
    [['train/a/1.jpg', 'train/b/1.jpg', 'gt/a/1.png', 'gt/b/1.png']],
    [['1.jpg', '2.jpg']],
    [['holiday/2024/1.jpg', 'holiday/2025/1.jpg']],
  ])('are not offered: %j', async (paths) => {
    expect(await confidence(...paths)).toBeLessThan(0.5);
  });
});

describe('writing folders of classes', () => {
  const tag = (imageKey: string, classIndex: number): DatasetAnnotation => ({
    imageKey,
    classIndex,
    shape: { type: 'tag' },
    isCrowd: false,
    attributes: {},
    score: null,
  });
  const image = (key: string, split: 'train' | 'val' | null, ...classes: number[]) => ({
    image: { key, size: { width: 4, height: 3 }, split, state: 'labelled' as const },
    annotations: classes.map((classIndex) => tag(key, classIndex)),
  });
  const labels = ['a/b', 'train', 'unused'].map((name, classIndex) => ({
    classIndex,
    name,
    supercategory: null,
  }));

  it('copies each picture into the folder of each of its tags, and gives it back once', async () => {
    const sink = memorySink();
    const report = okValue(
      await yoloClassify.write(
        memorySource({
          labels,
          images: [image('x/1.jpg', 'train', 0, 1), image('2.jpg', 'val', 1), image('3.jpg', 'val')],
        }),
        sink,
        {
          options: {},
          pictureBytes: async (key) =>
            key === '2.jpg' ? err(appError('file.not-found', 'gone')) : ok(new TextEncoder().encode(key)),
        },
      ),
    );
    expect([...sink.files.keys()].sort()).toEqual([
      'groundmark-classes.csv',
      'groundmark-labels.json',
      'train/a-b/x/1.jpg',
      'train/class-train/x/1.jpg',
    ]);
    expect(report).toMatchObject({
      images: 2,
      annotations: 3,
      leftOutImages: ['3.jpg'],
      lossCountByCode: { 'label-renamed': 2, 'picture-missing': 1, 'empty-image-left-out': 1 },
    });
    const folder = memoryFolder(sink.files);
    const read = await collected(yoloClassify.read(folder));
    expect(read.problems).toEqual([]);
    expect(read.labels).toEqual(labels);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['x/1.jpg', 'train'],
      ['2.jpg', 'val'],
    ]);
    expect(read.annotations.map(({ imageKey, classIndex }) => [imageKey, classIndex])).toEqual([
      ['x/1.jpg', 0],
      ['x/1.jpg', 1],
      ['2.jpg', 1],
    ]);
    const pictures: string[] = [];
    for await (const { key, bytes } of yoloClassify.pictures?.(folder) ?? [])
      pictures.push(`${key} ${new TextDecoder().decode(bytes)}`);
    expect(pictures).toEqual(['x/1.jpg x/1.jpg']);
  });
});
