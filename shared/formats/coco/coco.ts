import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { findCocoFiles } from '../parts/coco/find-coco-files';
import { cocoFidelity } from './coco-fidelity';
import { WRITE_OPTIONS } from './coco-options';
import { cocoPicturePath } from './coco-paths';
import { readCoco } from './read-coco';
import { writeCoco } from './write-coco';

export const coco: DatasetFormat = {
  id: 'coco',
  title: 'COCO',
  description:
    'One JSON file a split with images, categories, boxes, outlines, masks and keypoints in pixels.',
  readOptions: [],
  writeOptions: WRITE_OPTIONS,
  fidelity: cocoFidelity,
  detect: detectCoco,
  read: readCoco,
  write: writeCoco,
  picturePath: cocoPicturePath,
};

async function detectCoco(folder: DatasetFolder): Promise<Detection> {
  const { files, labelFiles, panoptic, setAside, nearMisses } = await findCocoFiles(folder);
  const withObjects = files.filter((file) => file.task === 'objects' || file.task === 'labels');
  if (withObjects.length > 0) {
    return {
      confidence: 0.98,
      reasons: [...withObjects, ...labelFiles.values()].map((file) =>
        file.task === 'labels'
          ? `${file.path} has "images" and "annotations" that name a category and no place: classes of whole pictures`
          : `${file.path} has "images" and "annotations" of objects`,
      ),
    };
  }
  if (files.length > 0) {
    // Beside panoptic annotations a list of pictures is theirs.
    const isSure = files.some((file) => file.task === 'unknown');
    return {
      confidence: isSure ? 0.8 : panoptic.length > 0 ? 0.3 : 0.6,
      reasons: files.map(
        (file) => `${file.path} is laid out as COCO; no annotation was seen in its beginning`,
      ),
    };
  }
  const reasons = [
    ...panoptic.map(({ path }) => `${path} is COCO panoptic, a format of its own`),
    ...setAside.map(({ path, reason }) => `${path} is COCO, but ${reason}`),
    ...nearMisses,
  ];
  return {
    confidence: 0,
    reasons: reasons.length > 0 ? reasons : ['no .json file with "images" and "annotations"'],
  };
}
