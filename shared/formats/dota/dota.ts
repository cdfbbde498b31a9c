import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findDotaDataset, sampledLines } from './find-dota-dataset';
import { readDota } from './read-dota';
import { dotaPicturePath, writeDota } from './write-dota';

export const dota: DatasetFormat = {
  id: 'dota',
  title: 'DOTA',
  description: 'One text file a picture in labelTxt, with four corners in pixels: objects seen from above.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { 'rotated-box': 'rounded', polygon: 'lossy' },
      attributes: 'lossy',
      emptyImages: 'exact',
      imageAttributes: 'lossy',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      // Corners have six decimals, and a rectangle is fitted to four of them.
      coordinateErrorInImagePx: 2e-6,
      remarks: [
        'A polygon of four corners is written as it is; around any other the smallest turned box is.',
        'Of attributes DOTA has difficult, and imagesource and gsd of a picture.',
        'A class name cannot hold spaces; they are written as hyphens.',
        'Class numbers, full names, sizes and frames are kept in groundmark-labels.json and groundmark-images.csv, which other programs do not look at.',
      ],
    }),
  picturePath: dotaPicturePath,

  async detect(folder) {
    const dataset = await findDotaDataset(folder);
    if (dataset === null || dataset.labelPaths.length === 0) {
      return {
        confidence: 0,
        reasons: ['no .txt files in a folder "labelTxt", and none with lines of DOTA'],
      };
    }
    const { good, bad, firstBad } = await sampledLines(folder, dataset.labelPaths);
    const reasons = [
      `${dataset.labelPaths.length} label files, of which ${good} of ${good + bad} sampled lines are four corners and a class`,
      ...(firstBad === null ? [] : [firstBad]),
    ];
    if (good + bad === 0) return { confidence: dataset.isNamed ? 0.6 : 0, reasons };
    const share = good / (good + bad);
    return { confidence: share < 0.5 ? 0 : (dataset.isNamed ? 0.97 : 0.8) * share, reasons };
  },

  read: readDota,
  write: writeDota,
};
