import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findKittiDataset, sampledLines } from './find-kitti-dataset';
import { readKitti } from './read-kitti';
import { kittiPicturePath, writeKitti } from './write-kitti';

export const kitti: DatasetFormat = {
  id: 'kitti',
  title: 'KITTI object detection',
  description: 'One text file a picture in label_2, with boxes in pixels and the object’s place in space.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'rounded' },
      attributes: 'lossy',
      score: 'exact',
      emptyImages: 'exact',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      // Right and bottom edges are written, not sizes: the last bit of a sum of two numbers.
      coordinateErrorInImagePx: 1e-9,
      remarks: [
        'Of attributes KITTI has truncated, occluded, alpha, height3d, width3d, length3d, x3d, y3d, z3d and rotation_y, all numbers; yes and no become 1 and 0.',
        'A class name cannot hold spaces; they are written as underscores.',
        'Class numbers, full names, sizes and frames are kept in groundmark-labels.json and groundmark-images.csv, which other programs do not look at.',
      ],
    }),
  picturePath: kittiPicturePath,

  async detect(folder) {
    const dataset = await findKittiDataset(folder);
    const labelPaths = (dataset?.frames ?? []).flatMap(({ labelPath }) => labelPath ?? []);
    if (labelPaths.length === 0) return { confidence: 0, reasons: await whyNot(folder) };
    const { good, bad, firstBad } = await sampledLines(folder, labelPaths);
    const reasons = [
      `${labelPaths.length} label files, of which ${good} of ${good + bad} sampled lines have KITTI's 15 or 16 columns`,
      ...(firstBad === null ? [] : [firstBad]),
    ];
    if (good + bad === 0) return { confidence: 0.6, reasons };
    return { confidence: good < bad ? 0 : 0.97 * (good / (good + bad)), reasons };
  },

  read: readKitti,
  write: writeKitti,
};

async function whyNot(folder: Parameters<DatasetFormat['detect']>[0]): Promise<readonly string[]> {
  const paths = (await folder.list()).map(({ path }) => path);
  if (paths.some((path) => /(?:^|\/)tracklet_labels\.xml$/.test(path))) {
    return ['tracklet_labels.xml is KITTI raw, which places objects in space and not in pictures'];
  }
  if (paths.some((path) => /(?:^|\/)label_02\/[^/]+\.txt$/.test(path))) {
    return [
      'label_02 is KITTI tracking, which has one file a sequence; KITTI object has one a picture in label_2',
    ];
  }
  return ['no .txt files in a folder "label_2"'];
}
