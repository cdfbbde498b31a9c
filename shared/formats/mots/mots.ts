import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findMotsDataset } from './find-mots-dataset';
import { motsPicturePath, writeForm } from './mots-layout';
import { readMots } from './read-mots';
import { writeMots } from './write-mots';

export const mots: DatasetFormat = {
  id: 'mots',
  title: 'MOTS',
  description: 'Tracks of masks: rows of runs, or PNG files of 16 bits (MOTSChallenge and KITTI MOTS).',
  readOptions: [],
  writeOptions: [writeForm],
  fidelity: () =>
    fidelityTable({
      shapes: { mask: 'exact' },
      tracks: 'exact',
      emptyImages: 'exact',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'A pixel belongs to one object: where masks overlap, other programs see the later one. What is covered, and names of tracks, stand in groundmark-masks.csv.',
        'An object is called by its class and a number below 1000.',
        'Pictures get the names of their frames; their own are kept in groundmark-images.csv, which other programs do not look at.',
        'There is room for 65 classes.',
      ],
    }),
  picturePath: motsPicturePath,

  async detect(folder) {
    const sequences = await findMotsDataset(folder);
    if (sequences.length === 0) {
      return {
        confidence: 0,
        reasons: ['no gt/gt.txt with a mask a row, and no 16 bit PNG files in a folder "instances"'],
      };
    }
    return {
      confidence: sequences.some(({ masks }) => masks === null) ? 0.96 : 0.85,
      reasons: sequences
        .slice(0, 5)
        .map(({ rowsPath, masks }) =>
          masks === null
            ? `${rowsPath} has a mask a row`
            : `${rowsPath} has ${masks.size} PNG files of 16 bits`,
        ),
    };
  },

  read: readMots,
  write: writeMots,
};
