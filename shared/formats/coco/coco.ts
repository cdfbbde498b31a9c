import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findCocoFiles } from './find-coco-files';
import { readCoco } from './read-coco';
import { writeCoco } from './write-coco';

export const coco: DatasetFormat = {
  id: 'coco',
  title: 'COCO detection',
  description: 'One JSON file a split with images, categories and boxes in pixels.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'exact' },
      attributes: 'exact',
      isCrowd: 'exact',
      score: 'exact',
      emptyImages: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
    }),
  picturePath: (image) => `images/${image.key}`,

  async detect(folder) {
    const { files, setAside } = await findCocoFiles(folder);
    const withBoxes = files.filter((file) => file.task === 'boxes');
    if (withBoxes.length > 0) {
      return {
        confidence: 0.98,
        reasons: withBoxes.map((file) => `${file.path} has "images" and "annotations" with boxes`),
      };
    }
    if (files.length > 0) {
      return {
        confidence: files.some((file) => file.task === 'unknown') ? 0.8 : 0.6,
        reasons: files.map(
          (file) => `${file.path} is laid out as COCO; no annotation was seen in its beginning`,
        ),
      };
    }
    return {
      confidence: 0,
      reasons:
        setAside.length > 0
          ? setAside.map(({ path, reason }) => `${path} is COCO, but ${reason}`)
          : ['no .json file with "images" and "annotations"'],
    };
  },

  read: readCoco,
  write: writeCoco,
};
