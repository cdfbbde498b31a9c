import { describe, expect, it } from 'vitest';
import { datasetInArchive, folderBelow } from '../../../../shared/formats/folder-below';
import { okValue } from '../../../fixtures/ok-value';
import { memoryFolder } from '../../../harness/memory-dataset';

const COCO = JSON.stringify({
  images: [{ id: 1, file_name: 'a.jpg', width: 10, height: 10 }],
  categories: [{ id: 1, name: 'car' }],
  annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 }],
});

const paths = async (files: Record<string, string>) =>
  (await (await datasetInArchive(memoryFolder(new Map(Object.entries(files))))).list()).map(
    ({ path }) => path,
  );

describe('the dataset in an archive', () => {
  it('is the archive itself when it is one', async () => {
    expect(await paths({ 'instances.json': COCO, 'readme.txt': '' })).toEqual([
      'instances.json',
      'readme.txt',
    ]);
  });

  it('is the folder around which it was packed, or the one in that', async () => {
    const files = { 'set/annotations/instances_train.json': COCO, 'set/images/a.jpg': '' };
    // COCO is found wherever its file lies, so nothing needs to be taken off.
    expect(await paths(files)).toEqual(Object.keys(files));
    const yolo = {
      'a/b/data.yaml': 'names: [car]\ntrain: images\nval: images\n',
      'a/b/images/x.jpg': '',
      'a/b/labels/x.txt': '0 0.5 0.5 0.25 0.25\n',
    };
    const found = await paths(yolo);
    expect(found.some((path) => path.endsWith('labels/x.txt'))).toBe(true);
  });

  it('is the archive when nothing is recognised', async () => {
    expect(await paths({ 'a/b/readme.txt': 'hello', 'a/b/c.bin': '' })).toEqual([
      'a/b/c.bin',
      'a/b/readme.txt',
    ]);
    expect(await paths({})).toEqual([]);
  });
});

describe('a folder of a folder', () => {
  it('holds what lies in it under shorter names', async () => {
    const sizes = new Map([['in/p.png', { width: 3, height: 2 }]]);
    const folder = folderBelow(
      memoryFolder(
        new Map([
          ['in/a.txt', 'text'],
          ['in/p.png', ''],
          ['out.txt', 'x'],
          ['inner/b.txt', 'y'],
        ]),
        {
          sizes,
        },
      ),
      'in',
    );
    expect((await folder.list()).map(({ path }) => path)).toEqual(['a.txt', 'p.png']);
    expect(okValue(await folder.readText('a.txt', 10))).toBe('text');
    expect(Buffer.from(okValue(await folder.readRange('a.txt', 1, 3))).toString()).toBe('ex');
    expect(await folder.head('a.txt')).toBe('text');
    expect(await folder.imageSize('p.png')).toEqual({ width: 3, height: 2 });
    expect(await folder.readText('../out.txt', 10)).toMatchObject({ ok: false });
  });
});
