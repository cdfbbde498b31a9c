import { describe, expect, it } from 'vitest';
import { csv } from '../../../../../shared/formats/csv/csv';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const read = (files: Readonly<Record<string, string>>, options = {}) =>
  collected(csv.read(memoryFolder(new Map(Object.entries(files)), { chunkChars: 9 }), options));

const HEADER = 'image,label,class_index,shape,x,y,width,height,geometry,attributes,score';

describe('our own table', () => {
  it.each([
    ['a.jpg,car,0,box,1,2,x,4,,,', 'csv-not-a-number'],
    ['a.jpg,car,0,box,1,2,0,4,,,', 'csv-degenerate-box'],
    ['a.jpg,car,0,ellipse,,,,,{},,', 'csv-bad-shape'],
    ['a.jpg,car,0,polygon,,,,,not json,,', 'csv-bad-shape'],
    ['a.jpg,car,0,hexagon,,,,,"{""type"":""hexagon""}",,', 'csv-bad-shape'],
    ['a.jpg,car,0,box,1,2,3,4,,[1],', 'csv-bad-json'],
    [',car,0,box,1,2,3,4,,,', 'csv-no-image'],
    ['../../x,car,0,box,1,2,3,4,,,', 'csv-no-image'],
    ['a.jpg,bus,0,box,1,2,3,4,,,', 'csv-class-mismatch'],
    ['a.jpg,,,box,1,2,3,4,,,', 'csv-no-class'],
  ])('%s is %s, and the rows beside it are read', async (row, code) => {
    const { annotations, problems } = await read({
      'annotations.csv': `${HEADER}\na.jpg,car,0,box,1,2,3,4,,,\n${row}\na.jpg,car,0,box,5,6,7,8,,,\n`,
      'labels.csv': 'class_index,name\n0,car\n1,bike\n',
    });
    expect(annotations).toHaveLength(2);
    expect(problems.map((problem) => [problem.code, problem.line])).toEqual([[code, 3]]);
  });

  it('may have its columns in another order, another delimiter, and only those that it needs', async () => {
    const { annotations, labels, images, problems } = await read({
      'mine.csv': '\ufeffshape;geometry;label;width;image;height;y;x\r\nbox;;Größe;3;a.jpg;4;2;1\r\n',
    });
    expect(labels).toEqual([{ classIndex: 0, name: 'Größe', supercategory: null }]);
    expect(images.map(({ key, state }) => [key, state])).toEqual([['a.jpg', 'labelled']]);
    expect(annotations.map(({ shape }) => shape)).toEqual([{ type: 'box', x: 1, y: 2, width: 3, height: 4 }]);
    expect(problems).toEqual([]);
  });

  it('rows of one picture may be apart', async () => {
    const { images, annotations, orderFaults } = await read({
      'annotations.csv': `${HEADER}\na.jpg,car,0,tag,,,,,,,\nb.jpg,car,0,tag,,,,,,,\na.jpg,bus,1,tag,,,,,,,\n`,
    });
    expect(images.map(({ key }) => key)).toEqual(['a.jpg', 'b.jpg']);
    expect(annotations.map(({ imageKey, classIndex }) => [imageKey, classIndex])).toEqual([
      ['a.jpg', 0],
      ['a.jpg', 1],
      ['b.jpg', 0],
    ]);
    expect(orderFaults).toEqual([]);
  });

  it('class numbers that rows contradict are given anew by name', async () => {
    const { labels } = await read({
      'annotations.csv': `${HEADER}\na.jpg,b,7,tag,,,,,,,\na.jpg,a,7,tag,,,,,,,\n`,
    });
    expect(labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
  });

  it('holds names that are formulas, quotes, lines and prototypes as they are', async () => {
    const name = '=HYPERLINK("x")';
    const given = {
      labels: [{ classIndex: 3, name, supercategory: null }],
      images: [
        {
          image: { key: 'a,"b"\n.jpg', size: null, split: null, state: 'labelled' as const },
          annotations: [
            {
              imageKey: 'a,"b"\n.jpg',
              classIndex: 3,
              shape: { type: 'tag' as const },
              isCrowd: false,
              attributes: Object.fromEntries([['__proto__', '=1+1']]),
              score: null,
              note: '-1\r\n"x"',
            },
          ],
        },
      ],
    };
    const sink = memorySink();
    okValue(await csv.write(memorySource(given), sink));
    const again = await collected(csv.read(memoryFolder(sink.files)));
    expect(again.labels).toEqual(given.labels);
    expect(again.images).toEqual(given.images.map(({ image }) => image));
    expect(again.annotations).toEqual(given.images[0]?.annotations);
    expect(Object.keys(again.annotations[0]?.attributes ?? {})).toEqual(['__proto__']);
  });
});

describe('tables of other tools', () => {
  it('boxes in one cell are what a person says they are', async () => {
    const files = { 'x.csv': 'image_id_x,image,bbox,class\n1,a.jpg,"[1, 2, 30, 40]",car\n' };
    const corners = await read(files);
    const sizes = await read(files, { boxCells: 'corner-and-size' });
    expect([corners, sizes].map(({ annotations }) => annotations.map(({ shape }) => shape))).toEqual([
      [{ type: 'box', x: 1, y: 2, width: 29, height: 38 }],
      [{ type: 'box', x: 1, y: 2, width: 30, height: 40 }],
    ]);
    expect(corners.annotations[0]?.attributes).toEqual({ image_id_x: '1' });
  });

  it('a table whose column "file" names no pictures is none', async () => {
    const detection = await csv.detect(
      memoryFolder(new Map([['x.csv', 'file,class\nreport.pdf,A\nnotes,B\n']])),
    );
    expect(detection.confidence).toBe(0);
    expect(detection.reasons.length).toBeGreaterThan(0);
  });

  it('VIA and Open Images are told by name', async () => {
    const reasonsOf = async (text: string) =>
      (await csv.detect(memoryFolder(new Map([['x.csv', text]])))).reasons.join();
    expect(
      await reasonsOf(
        'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n',
      ),
    ).toContain('VIA');
    expect(await reasonsOf('ImageID,Source,LabelName,Confidence\na,v,/m/1,1\n')).toContain('Open Images');
  });
});
