import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cocoPanoptic } from '../../../shared/formats/coco-panoptic/coco-panoptic';
import { countSetPixels } from '../../../shared/geometry/mask-runs';
import { runsOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const cocoVal = path.join(REAL_DATA, 'coco-val/panoptic_segmentation');
const datumaro = path.join(DATUMARO_ASSETS, 'coco_dataset/coco_panoptic');
const mapillary = path.join(DATUMARO_ASSETS, 'mapillary_vistas_dataset/train/v2.0');

interface PanopticJson {
  readonly images: readonly { readonly id: number; readonly file_name: string }[];
  readonly categories: readonly { readonly id: number; readonly name: string; readonly isthing: number }[];
  readonly annotations: readonly {
    readonly image_id: number;
    readonly segments_info: readonly {
      readonly category_id: number;
      readonly area: number;
      readonly iscrowd: number;
      readonly bbox: readonly number[];
    }[];
  }[];
}

describe.skipIf(!isRealDataHere)('real COCO panoptic datasets', () => {
  it('coco-val: every segment has the pixels, the box, the class and the flag that its file says', async () => {
    const { formatIds, read } = await readReal(cocoVal);
    expect(formatIds).toEqual(['coco-panoptic']);
    const json = JSON.parse(
      readFileSync(path.join(cocoVal, 'annotations/panoptic_val2017.json'), 'utf8'),
    ) as PanopticJson;
    const nameById = new Map(json.images.map(({ id, file_name }) => [id, file_name]));
    const expected = json.annotations.flatMap(({ image_id, segments_info }) =>
      segments_info.map(({ category_id, area, iscrowd, bbox }) => [
        nameById.get(image_id),
        category_id - 1,
        area,
        iscrowd === 1,
        ...bbox,
      ]),
    );
    expect(expected).toHaveLength(1078);
    const found = read.annotations.map(({ imageKey, classIndex, shape, isCrowd }) =>
      shape.type === 'mask'
        ? [
            imageKey,
            classIndex,
            countSetPixels(runsOfShape(shape)),
            isCrowd,
            shape.x,
            shape.y,
            shape.width,
            shape.height,
          ]
        : shape.type,
    );
    expect(found).toEqual(expected);
    expect(read.images).toHaveLength(100);
    expect(new Set(read.images.map(({ split, state }) => `${split} ${state}`))).toEqual(
      new Set(['val labelled']),
    );
    expect(read.labels).toHaveLength(133);
    const stuff = read.labels.filter(({ attributes }) => attributes?.[0]?.name === 'isthing');
    expect(stuff.map(({ name }) => name).sort()).toEqual(
      json.categories
        .filter(({ isthing }) => isthing === 0)
        .map(({ name }) => name)
        .sort(),
    );
    expect(read.problems.map(({ code }) => code)).toEqual(['provenance-dropped']);
    expect(read.orderFaults).toEqual([]);
  });

  it('coco-val written and read again is the same, and its stuff stays stuff', async () => {
    const { report, comparison, problems, files } = await rewritten(cocoPanoptic, cocoVal);
    expect([report.images, report.annotations, report.lossCountByCode]).toEqual([100, 1078, {}]);
    expect(comparison.samples).toEqual([]);
    // Nothing overlaps, so that nothing is found again in part alone.
    expect([comparison.matched, comparison.matchedInPart]).toEqual([1078, 0]);
    expect(problems).toEqual([]);
    const written = JSON.parse(String(files.get('annotations/panoptic_val.json'))) as PanopticJson;
    const original = JSON.parse(
      readFileSync(path.join(cocoVal, 'annotations/panoptic_val2017.json'), 'utf8'),
    ) as PanopticJson;
    const things = ({ categories }: PanopticJson) => categories.map(({ name, isthing }) => [name, isthing]);
    expect(things(written)).toEqual(things(original));
  });

  it("datumaro's: two pictures, one with a PNG of another size, which is said", async () => {
    const { formatIds, read } = await readReal(datumaro);
    expect(formatIds).toEqual(['coco-panoptic']);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, isCrowd }) => [
        imageKey,
        classIndex,
        shape,
        isCrowd,
      ]),
    ).toEqual([
      ['a.jpg', 0, { type: 'mask', x: 0, y: 0, width: 5, height: 5, rle: '0i0' }, false],
      ['b.jpg', 0, { type: 'mask', x: 0, y: 0, width: 2, height: 10, rle: '0d0' }, false],
      ['b.jpg', 1, { type: 'mask', x: 2, y: 0, width: 2, height: 10, rle: '0d0' }, true],
    ]);
    expect(read.problems.map(({ code, severity }) => [severity, code])).toEqual([
      ['error', 'panoptic-size-differs'],
    ]);
  });

  it("Mapillary's: annotations first, ids as texts, PNG files beside their JSON", async () => {
    const { formatIds, read } = await readReal(mapillary);
    expect(formatIds[0]).toBe('coco-panoptic');
    expect(read.images).toMatchObject([{ key: '2.jpg', size: { width: 5, height: 5 }, state: 'labelled' }]);
    // Five columns of one pixel, of two classes in turn.
    expect(
      read.annotations.map(({ classIndex, shape }) => [
        read.labels.find((label) => label.classIndex === classIndex)?.name,
        shape,
      ]),
    ).toEqual(
      [0, 1, 2, 3, 4].map((x) => [
        x % 2 === 0 ? 'animal--bird' : 'construction--barrier--separator',
        { type: 'mask', x, y: 0, width: 1, height: 5, rle: '05' },
      ]),
    );
    expect(read.problems).toEqual([]);
  });
});
