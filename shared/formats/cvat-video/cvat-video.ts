import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { EMPTY_IMAGES } from '../parts/cvat/cvat-options';
import { findCvatFiles } from '../parts/cvat/find-cvat-files';
import { fidelityTable } from '../parts/fidelity-table';
import { readCvatVideo } from './read-cvat-video';
import { writeCvatVideo } from './write-cvat-video';

export const cvatVideo: DatasetFormat = {
  id: 'cvat-video',
  title: 'CVAT for video 1.1',
  description: 'One XML file with a track for each object and its shape in every frame.',
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
      },
      attributes: 'exact',
      score: 'exact',
      groups: 'exact',
      tracks: 'exact',
      emptyImages: 'exact',
      frames: 'exact',
      splits: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'A track of CVAT has one outline a frame: of a polygon it shows the first part, without holes.',
        'Labels have names alone, so readers number them anew.',
        'CVAT numbers frames. Their names, sizes and splits, and scores and further parts of polygons, stand in places that CVAT passes over.',
        'An object that changes its label or group becomes several tracks of CVAT.',
      ],
    }),
  picturePath: (image) => `images/${image.key}`,
  detect,
  read: readCvatVideo,
  write: writeCvatVideo,
};

async function detect(folder: DatasetFolder): Promise<Detection> {
  const { paths, others } = await findCvatFiles(folder, 'video');
  if (paths.length > 0) {
    return {
      confidence: 0.97,
      reasons: paths.slice(0, 10).map((path) => `${path} holds <annotations> of CVAT with <track> entries`),
    };
  }
  return others.length > 0
    ? { confidence: 0.1, reasons: [`${others[0]} is of CVAT, but lists pictures: CVAT for images`] }
    : { confidence: 0, reasons: ['no .xml file with <annotations> of CVAT'] };
}
