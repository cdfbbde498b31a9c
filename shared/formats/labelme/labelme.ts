import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { detectLabelme } from '../parts/labelme-json/detect-labelme';
import { readLabelme } from '../parts/labelme-json/read-labelme';
import { writeLabelme } from '../parts/labelme-json/write-labelme';

const TITLE = 'labelme';

export const labelme: DatasetFormat = {
  id: 'labelme',
  title: 'labelme JSON',
  description: 'One JSON file beside each picture with its shapes in pixels, as labelme writes it.',
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
        mask: 'exact',
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
        'An object in several parts becomes one polygon a part with a group of their own, as labelme draws it; it is put together again here.',
        'Holes are kept in a field that labelme does not show: there the polygon is filled.',
        'An ellipse that is no circle is written as a polygon along its outline.',
        'Attributes that are true or false are flags; others, scores and tags are written in fields that labelme keeps but does not show.',
      ],
    }),
  picturePath: (image) => image.key,
  detect: (folder) => detectLabelme(folder, 'labelme'),
  read: (folder) => readLabelme(folder, TITLE),
  write: (source, sink, context) => writeLabelme(source, sink, context, 'labelme', TITLE),
};
