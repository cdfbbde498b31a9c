import type { DatasetFormat } from '../format';
import { everythingExact } from '../parts/everything-exact';
import { fidelityTable } from '../parts/fidelity-table';
import { findShards } from './find-shards';
import { picturesOfShards, readWebdataset } from './read-webdataset';
import { writeWebdataset } from './write-webdataset';

export const webdataset: DatasetFormat = {
  id: 'webdataset',
  title: 'WebDataset',
  description: 'Shards: .tar files of samples, each a picture and a JSON of all that is said of it.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      ...everythingExact,
      remarks: [
        'The JSON of a sample holds shapes and all else in the words of this app; WebDataset itself fixes no annotations.',
        'Of shards that others made, the class (.cls), a caption (.txt) and plain fields of the .json are read.',
        'Pictures lie inside the shards when they are exported with them.',
      ],
    }),
  picturePath: () => null,
  pictures: picturesOfShards,

  async detect(folder) {
    const { paths, labelsPath, hasSamples } = await findShards(folder);
    if (labelsPath !== null)
      return { confidence: 0.98, reasons: [`${labelsPath} lists the classes of ${paths.length} shards`] };
    if (paths.length === 0) return { confidence: 0, reasons: ['no .tar file'] };
    return hasSamples
      ? {
          confidence: 0.85,
          reasons: [`${paths.length} tar files, of which the first begins with samples of pictures`],
        }
      : { confidence: 0.1, reasons: [`${paths[0]} is a tar file, but begins with no pictures or classes`] };
  },

  read: readWebdataset,
  write: writeWebdataset,
};
