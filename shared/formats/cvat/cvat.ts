import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { EMPTY_IMAGES } from '../parts/cvat/cvat-options';
import { findCvatFiles } from '../parts/cvat/find-cvat-files';
import { fidelityTable } from '../parts/fidelity-table';
import { readCvat } from './read-cvat';
import { writeCvat } from './write-cvat';

export const cvat: DatasetFormat = {
  id: 'cvat',
  title: 'CVAT for images 1.1',
  description: 'One XML file with pictures, and boxes, polygons, masks, skeletons and tags in them.',
  readOptions: [EMPTY_IMAGES],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: {
        box: 'exact',
        'rotated-box': 'exact',
        polygon: 'exact',
        polyline: 'exact',
        points: 'exact',
        skeleton: 'exact',
        ellipse: 'exact',
        mask: 'exact',
        cuboid: 'exact',
        tag: 'exact',
      },
      attributes: 'exact',
      score: 'exact',
      groups: 'exact',
      emptyImages: 'exact',
      splits: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'CVAT has one outline for a polygon: it shows the parts of one as polygons in one group, and holes filled.',
        'Labels have names alone, so readers number them anew.',
        'Scores, confirmed-empty pictures, the names of groups, and parts and holes of polygons stand in places that CVAT itself passes over.',
      ],
    }),
  picturePath: (image) => `images/${image.key}`,
  detect,
  read: readCvat,
  write: writeCvat,
};

async function detect(folder: DatasetFolder): Promise<Detection> {
  const { paths, others } = await findCvatFiles(folder, 'images');
  if (paths.length > 0) {
    return {
      confidence: 0.97,
      reasons: paths.slice(0, 10).map((path) => `${path} holds <annotations> of CVAT with <image> entries`),
    };
  }
  return others.length > 0
    ? { confidence: 0.1, reasons: [`${others[0]} is of CVAT, but holds tracks: CVAT for video`] }
    : { confidence: 0, reasons: ['no .xml file with <annotations> of CVAT'] };
}
