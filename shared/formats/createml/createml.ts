import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findCreatemlFiles } from './find-createml-files';
import { readCreateml } from './read-createml';
import { createmlPicturePath, writeCreateml } from './write-createml';

export const createml: DatasetFormat = {
  id: 'createml',
  title: 'Create ML',
  description: 'One JSON list of pictures a folder, with boxes by their centre in pixels (Apple, Roboflow).',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'rounded' },
      emptyImages: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      // The centre is written, not the corner: the last bit of a sum of two numbers.
      coordinateErrorInImagePx: 1e-9,
      remarks: [
        'Class numbers and classes that no box has are kept in groundmark-labels.json, which other programs do not look at.',
      ],
    }),
  picturePath: createmlPicturePath,

  async detect(folder) {
    const files = await findCreatemlFiles(folder);
    if (files.length === 0) {
      return {
        confidence: 0,
        reasons: ['no .json file with a list of pictures, their "annotations" and "coordinates"'],
      };
    }
    const [first] = files;
    return {
      confidence: 0.97,
      reasons: [
        `${files.length === 1 ? first?.path : `${files.length} files, the first ${first?.path},`} ${files.length === 1 ? 'is a list' : 'are lists'} of pictures with Create ML's "annotations"`,
      ],
    };
  },

  read: readCreateml,
  write: writeCreateml,
};
