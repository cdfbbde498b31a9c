import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../../shared/formats/index';
import { collected, memoryFolder } from '../../../harness/memory-dataset';

const coco = (text: string) => memoryFolder(new Map([['instances.json', text]]));
const COCO = (parts: { image?: string; annotation: string; category?: string }) =>
  `{"images":[${parts.image ?? '{"id":1,"file_name":"a.jpg","width":640,"height":480}'}],"annotations":[${parts.annotation}],"categories":[${parts.category ?? '{"id":1,"name":"car"}'}]}`;

describe('COCO of other tools', () => {
  it("takes Python's NaN and Infinity as no value where they do not matter, and as a fault in a box", async () => {
    const read = await collected(
      FORMATS.coco.read(
        coco(
          COCO({
            annotation:
              '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"area":NaN,"attributes":{"note":"NaN, -Infinity"}},' +
              '{"id":2,"image_id":1,"category_id":1,"bbox":[NaN,2,Infinity,4]}',
          }),
        ),
      ),
    );
    expect(read.annotations).toMatchObject([
      { shape: { x: 1, y: 2, width: 3, height: 4 }, attributes: { note: 'NaN, -Infinity' } },
    ]);
    expect(read.problems.map(({ code }) => code)).toEqual(['coco-bad-box']);
  });

  it('takes an id in quotes for the same id without', async () => {
    const read = await collected(
      FORMATS.coco.read(
        coco(
          COCO({
            image: '{"id":"7","file_name":"a.jpg","width":640,"height":480}',
            annotation: '{"id":"1","image_id":7,"category_id":"1","bbox":[1,2,3,4]}',
          }),
        ),
      ),
    );
    expect(read.problems).toEqual([]);
    expect(read.annotations).toMatchObject([{ imageKey: 'a.jpg', classIndex: 0 }]);
  });

  it('keeps ids that only look like numbers apart', async () => {
    const read = await collected(
      FORMATS.coco.read(
        coco(
          COCO({
            image:
              '{"id":"007","file_name":"a.jpg","width":9,"height":9},{"id":"7","file_name":"b.jpg","width":9,"height":9}',
            annotation: '{"id":1,"image_id":"007","category_id":1,"bbox":[1,2,3,4]}',
          }),
        ),
      ),
    );
    expect(read.problems).toEqual([]);
    expect(read.annotations).toMatchObject([{ imageKey: 'a.jpg' }]);
  });

  it('keeps the path of absolute names and says so once', async () => {
    const read = await collected(
      FORMATS.coco.read(
        coco(
          COCO({
            image:
              '{"id":0,"file_name":"/data/upload/1/x.jpg","width":640,"height":480},{"id":1,"file_name":"C:\\\\set\\\\y.jpg","width":640,"height":480}',
            annotation: '{"id":0,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}',
          }),
        ),
      ),
    );
    expect(read.images.map(({ key }) => key).sort()).toEqual(['data/upload/1/x.jpg', 'set/y.jpg']);
    expect(read.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['coco-foreign-names', 'warning'],
    ]);
  });
});

describe('YOLO of other tools', () => {
  const yolo = (text: string) =>
    memoryFolder(
      new Map([
        ['data.yaml', 'names: [car]\n'],
        ['images/a.jpg', ''],
        ['labels/a.txt', text],
      ]),
      { sizes: new Map([['images/a.jpg', { width: 100, height: 100 }]]) },
    );

  it('reads lines that end in CR alone', async () => {
    const folder = yolo('0 .5 .5 .2 .2\r0 .5 .5 .1 .1\r');
    expect((await FORMATS.yolo.detect(folder)).confidence).toBeGreaterThan(0.9);
    expect((await collected(FORMATS.yolo.read(folder))).annotations).toHaveLength(2);
  });

  it.each(['0 0x1 .5 .1 .1', '0x0 .5 .5 .1 .1', '0 .5 0b1 .1 .1'])(
    'takes %j for no numbers',
    async (line) => {
      const read = await collected(FORMATS.yolo.read(yolo(line)));
      expect(read.annotations).toEqual([]);
      expect(read.problems).toHaveLength(1);
    },
  );

  it('reads scientific notation', async () => {
    const read = await collected(FORMATS.yolo.read(yolo('0 5e-1 5E-01 2.5e-1 +.25')));
    expect(read.problems).toEqual([]);
    expect(read.annotations).toMatchObject([{ shape: { x: 37.5, y: 37.5, width: 25, height: 25 } }]);
  });
});
