import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelme } from '../../../shared/formats/labelme/labelme';
import { xanylabeling } from '../../../shared/formats/xanylabeling/xanylabeling';
import { isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const examples = path.join(REAL_DATA, 'labelme');

describe.skipIf(!isRealDataHere)("labelme's own examples", () => {
  it('boxes are where its own conversion to VOC puts them', async () => {
    const { formatIds, read } = await readReal(path.join(examples, 'bbox_detection/data_annotated'));
    expect(formatIds).toEqual(['labelme']);
    expect(read.labels.map(({ name }) => name)).toEqual(['bus', 'car', 'person']);
    expect(read.problems).toEqual([]);
    const found = read.annotations.map(({ imageKey, classIndex, shape }) => {
      if (shape.type !== 'box') throw new Error(`a ${shape.type} among the boxes`);
      const { x, y, width, height } = shape;
      return [imageKey, read.labels[classIndex]?.name, ...[x, y, x + width, y + height].map(rounded)];
    });
    expect(found).toEqual(
      ['2011_000003', '2011_000006', '2011_000025'].flatMap((stem) =>
        objectsOfVoc(`bbox_detection/data_dataset_voc/Annotations/${stem}.xml`),
      ),
    );
    expect(found).toHaveLength(9);
    expect(found[0]).toEqual(['2011_000003.jpg', 'person', 191, 107.369, 313, 329.369]);
    expect(read.images.map(({ key, size, state }) => [key, size, state])).toEqual([
      ['2011_000003.jpg', { width: 500, height: 338 }, 'labelled'],
      ['2011_000006.jpg', { width: 500, height: 375 }, 'labelled'],
      ['2011_000025.jpg', { width: 500, height: 375 }, 'labelled'],
    ]);
  });

  it('polygons are those of its own conversion to COCO, one object a group', async () => {
    const { formatIds, read } = await readReal(path.join(examples, 'instance_segmentation/data_annotated'));
    expect(formatIds).toEqual(['labelme']);
    expect(read.problems).toEqual([]);
    expect(read.labels.map(({ name }) => name)).toEqual([
      '__ignore__',
      'bottle',
      'bus',
      'car',
      'chair',
      'person',
      'sofa',
    ]);
    const coco = JSON.parse(
      readFileSync(path.join(examples, 'instance_segmentation/data_dataset_coco/annotations.json'), 'utf8'),
    ) as {
      images: { id: number; file_name: string }[];
      categories: { id: number; name: string }[];
      annotations: { image_id: number; category_id: number; segmentation: number[][] }[];
    };
    const ofCoco = coco.annotations.map(({ image_id, category_id, segmentation }) =>
      JSON.stringify([
        coco.images.find(({ id }) => id === image_id)?.file_name.replace('JPEGImages/', ''),
        coco.categories.find(({ id }) => id === category_id)?.name,
        segmentation,
      ]),
    );
    // COCO has one annotation a group and label, and none for what is to be ignored.
    const byObject = new Map<string, [string, string, number[][]]>();
    for (const [at, { imageKey, classIndex, shape, groupId }] of read.annotations.entries()) {
      const name = read.labels[classIndex]?.name ?? '';
      if (shape.type !== 'polygon' || name === '__ignore__') continue;
      const id = groupId === undefined ? `${at}` : `${imageKey} ${name} ${groupId}`;
      const object = byObject.get(id) ?? [imageKey, name, []];
      object[2].push(...shape.parts.map(({ exterior }) => exterior.flatMap(({ x, y }) => [x, y])));
      byObject.set(id, object);
    }
    expect([...byObject.values()].map((object) => JSON.stringify(object)).sort()).toEqual(ofCoco.sort());
    expect(byObject.size).toBe(12);
    expect(read.annotations).toHaveLength(18);
  });

  it('the class list above the label files orders the classes as its converters number them', async () => {
    const { formatIds, read } = await readReal(path.join(examples, 'video_annotation'));
    // The conversion to masks lies in the same folder.
    expect(formatIds[0]).toBe('labelme');
    expect(read.labels.map(({ name }) => name)).toEqual(['car', 'track']);
    expect(read.annotations).toHaveLength(15);
    expect(read.annotations.map(({ classIndex }) => classIndex).slice(0, 3)).toEqual([1, 1, 0]);
    expect(read.images.map(({ key }) => key)).toEqual(
      ['100', '101', '102', '103', '104'].map((n) => `data_annotated/00000${n}.jpg`),
    );
  });

  it.each([
    ['bbox_detection', 9],
    ['instance_segmentation', 18],
    ['video_annotation', 15],
  ])('%s is the same after writing and reading, as labelme and as X-AnyLabeling', async (example, count) => {
    for (const format of [labelme, xanylabeling]) {
      const { comparison, report, problems } = await rewritten(
        format,
        path.join(examples, example, 'data_annotated'),
      );
      expect(comparison.samples).toEqual([]);
      expect(comparison.matched).toBe(count);
      expect(report.losses).toEqual([]);
      expect(problems).toEqual([]);
    }
  });
});

/** Image, name and edges of each object, by regular expressions alone. */
function objectsOfVoc(file: string): unknown[][] {
  const xml = readFileSync(path.join(examples, file), 'utf8');
  const image = /<filename>(.*)<\/filename>/.exec(xml)?.[1];
  return (xml.match(/<object>[\s\S]*?<\/object>/g) ?? []).map((object) => [
    image,
    /<name>(.*)<\/name>/.exec(object)?.[1],
    ...['xmin', 'ymin', 'xmax', 'ymax'].map((edge) =>
      rounded(Number(new RegExp(`<${edge}>(.*)</${edge}>`).exec(object)?.[1])),
    ),
  ]);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
