import type { DatasetFormat } from '../format';
import { everythingExact } from '../parts/everything-exact';
import { fidelityTable } from '../parts/fidelity-table';
import { findRecords, sniffedRecord } from './find-records';
import { picturesOfRecords, readTfrecord } from './read-tfrecord';
import { writeTfrecord } from './write-tfrecord';

export const tfrecord: DatasetFormat = {
  id: 'tfrecord',
  title: 'TFRecord',
  description: "TensorFlow's object detection: records of a picture and its boxes, with a label_map.pbtxt.",
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      ...everythingExact,
      shapes: { box: 'rounded', mask: 'exact' },
      // A fraction of 32 bits is off by up to 2^-25 near 1, a side by twice that, and a corner is the sum of both.
      coordinateErrorInImagePx: 1e-3,
      remarks: [
        'Boxes are fractions of the picture in 32 bits. What leaves the picture is cut at its edges for TensorFlow, and stands whole beside that for this app.',
        'Masks are PNG files of the whole picture; where one object has a mask all have, boxes as filled rectangles.',
        'Attributes, notes, scores, groups, tracks and frames are features of their own called groundmark/…, which other readers do not ask for.',
        'Ids of the label map are class numbers + 1. Pictures lie inside the records when they are exported with them.',
      ],
    }),
  picturePath: () => null,
  pictures: picturesOfRecords,

  async detect(folder) {
    const { records, labelMaps } = await findRecords(folder);
    const [first] = records;
    if (first === undefined) return { confidence: 0, reasons: ['no .tfrecord or .record file'] };
    const map = labelMaps.length === 0 ? 'no label map' : `${labelMaps[0]} is a label map`;
    switch (await sniffedRecord(folder, first)) {
      case 'picture':
        return { confidence: 0.97, reasons: [`${first} holds examples of pictures`, map] };
      case 'record':
        return {
          confidence: labelMaps.length > 0 ? 0.6 : 0.2,
          reasons: [`${first} holds records, but its first is no example of a picture`, map],
        };
      case 'none':
        // An empty file is what an export of no pictures leaves.
        return {
          confidence: labelMaps.length > 0 ? 0.5 : 0,
          reasons: [`${first} does not begin with a whole record`, map],
        };
    }
  },

  read: readTfrecord,
  write: writeTfrecord,
};
