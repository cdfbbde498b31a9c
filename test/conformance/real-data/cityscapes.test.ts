import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cityscapes } from '../../../shared/formats/cityscapes/cityscapes';
import { countSetPixels } from '../../../shared/geometry/mask-runs';
import { runsOfShape } from '../../../shared/shapes/mask/mask-pixels';
import type { CollectedDataset } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const folder = path.join(DATUMARO_ASSETS, 'cityscapes_dataset');

function areas({ labels, annotations }: CollectedDataset) {
  const nameOf = new Map(labels.map((label) => [label.classIndex, label.name]));
  return annotations.map(({ imageKey, classIndex, shape, isCrowd }) => [
    imageKey.replace('defaultcity/defaultcity_', ''),
    nameOf.get(classIndex),
    shape.type === 'mask' ? countSetPixels(runsOfShape(shape)) : -1,
    isCrowd,
  ]);
}

// Values and their counts were read with Python's zlib, not with code of this repository.
describe.skipIf(!isRealDataHere)('real Cityscapes datasets', () => {
  it('dataset: instanceIds without instances are regions', async () => {
    const { formatIds, read } = await readReal(path.join(folder, 'dataset'));
    expect(formatIds).toEqual(['cityscapes']);
    expect(read.images.map(({ key, size, split }) => [key, size, split])).toEqual([
      ['defaultcity/defaultcity_000001_000031.png', { width: 5, height: 1 }, 'test'],
      ['defaultcity/defaultcity_000001_000032.png', { width: 5, height: 1 }, 'test'],
      ['defaultcity/defaultcity_000002_000045.png', { width: 5, height: 1 }, 'train'],
      ['defaultcity/defaultcity_000001_000019.png', { width: 5, height: 1 }, 'val'],
    ]);
    expect(areas(read)).toEqual([
      ['000001_000031.png', 'out of roi', 2, false],
      ['000001_000031.png', 'truck', 3, true],
      ['000001_000032.png', 'out of roi', 2, false],
      ['000001_000032.png', 'wall', 1, false],
      ['000001_000032.png', 'train', 2, true],
      ['000002_000045.png', 'out of roi', 4, false],
      ['000002_000045.png', 'person', 1, true],
      ['000001_000019.png', 'ego vehicle', 2, false],
      ['000001_000019.png', 'out of roi', 3, false],
    ]);
    expect(read.problems).toEqual([]);
  });

  it('train_dataset: id * 1000 + number is one object', async () => {
    const { formatIds, read } = await readReal(path.join(folder, 'train_dataset'));
    expect(formatIds).toEqual(['cityscapes']);
    expect(areas(read)).toEqual([
      ['000001_000031.png', 'out of roi', 2, false],
      ['000001_000031.png', 'truck', 1, false],
      ['000001_000031.png', 'truck', 2, false],
      ['000001_000032.png', 'out of roi', 2, false],
      ['000001_000032.png', 'wall', 1, false],
      ['000001_000032.png', 'train', 2, false],
      ['000002_000045.png', 'out of roi', 4, false],
      ['000002_000045.png', 'person', 1, false],
      ['000001_000019.png', 'out of roi', 3, false],
      ['000001_000019.png', 'ego vehicle', 2, false],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it('masks have no polygons: written again they are left out one by one', async () => {
    const { report, comparison, problems } = await rewritten(cityscapes, path.join(folder, 'train_dataset'));
    expect([report.images, report.annotations]).toEqual([4, 0]);
    expect(report.lossCountByCode).toEqual({ 'unsupported-shape': 10 });
    expect(comparison.leftOut).toBe(10);
    expect(problems).toEqual([]);
  });
});
