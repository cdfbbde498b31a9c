import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { detectLabelme } from '../parts/labelme-json/detect-labelme';
import { readLabelme } from '../parts/labelme-json/read-labelme';
import { writeLabelme } from '../parts/labelme-json/write-labelme';

const TITLE = 'X-AnyLabeling';

export const xanylabeling: DatasetFormat = {
  id: 'xanylabeling',
  title: 'X-AnyLabeling JSON',
  description:
    "One JSON file beside each picture: labelme's layout with turned boxes, cuboids, scores and attributes.",
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: {
        box: 'exact',
        'rotated-box': 'rounded',
        polygon: 'exact',
        polyline: 'exact',
        points: 'exact',
        ellipse: 'lossy',
        cuboid: 'exact',
        tag: 'exact',
      },
      attributes: 'exact',
      score: 'exact',
      groups: 'exact',
      notes: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      unusedLabels: 'exact',
      coordinateErrorInImagePx: 1e-6,
      remarks: [
        'An object in several parts or points becomes one shape a part, with a group of their own; it is put together again here.',
        'Holes are kept in a field that X-AnyLabeling does not show: there the polygon is filled.',
        'An ellipse that is no circle is written as a polygon along its outline.',
        'Masks have no place: X-AnyLabeling keeps outlines.',
      ],
    }),
  picturePath: (image) => image.key,
  detect: (folder) => detectLabelme(folder, 'xanylabeling'),
  read: (folder) => readLabelme(folder, TITLE),
  write: (source, sink, context) => writeLabelme(source, sink, context, 'xanylabeling', TITLE),
};
