import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findViaFiles } from './find-via-files';
import { readVia } from './read-via';
import { writeVia } from './write-via';

export const via: DatasetFormat = {
  id: 'via',
  title: 'VGG Image Annotator (VIA 2)',
  description: 'One JSON file with all pictures and their regions in pixels, as VIA 2 saves or exports it.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: {
        box: 'exact',
        polygon: 'exact',
        polyline: 'exact',
        points: 'exact',
        ellipse: 'rounded',
      },
      attributes: 'exact',
      isCrowd: 'exact',
      score: 'exact',
      groups: 'exact',
      notes: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      splits: 'exact',
      unusedLabels: 'exact',
      coordinateErrorInImagePx: 1e-6,
      remarks: [
        'VIA has no classes: they are written as the region attribute "label".',
        'An object in several parts or points becomes one region each; it is put together again here.',
        'Holes are kept in a field that VIA does not show: there the polygon is filled.',
        'VIA does not say how large a picture is: sizes come from the pictures.',
      ],
    }),
  picturePath: (image) => image.key,

  async detect(folder) {
    const { files, nearMisses } = await findViaFiles(folder);
    if (files.length > 0) {
      return {
        confidence: files.some(({ isProject }) => isProject) ? 0.97 : 0.9,
        reasons: files.map(({ path, isProject }) =>
          isProject
            ? `${path} is a project of VIA`
            : `${path} lists pictures with "regions" as VIA exports them`,
        ),
      };
    }
    if (nearMisses.length > 0) {
      return { confidence: 0.1, reasons: nearMisses.map(({ path, reason }) => `${path}: ${reason}`) };
    }
    return { confidence: 0, reasons: ['no .json file with "_via_img_metadata" or pictures with "regions"'] };
  },

  read: readVia,
  write: writeVia,
};
