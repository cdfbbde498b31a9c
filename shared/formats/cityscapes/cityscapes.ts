import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findCityscapes } from './find-cityscapes';
import { pictureOfImage } from './place-of-image';
import { readCityscapes } from './read-cityscapes';
import { WRITE_PIXELS, writeCityscapes } from './write-cityscapes';

export const cityscapes: DatasetFormat = {
  id: 'cityscapes',
  title: 'Cityscapes',
  description: 'Polygons in paint order, and label images of classes and objects, by split and city.',
  readOptions: [],
  writeOptions: [WRITE_PIXELS],
  fidelity: () =>
    fidelityTable({
      shapes: { polygon: 'exact' },
      attributes: 'exact',
      isCrowd: 'exact',
      score: 'exact',
      groups: 'exact',
      tracks: 'exact',
      notes: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'Cityscapes has polygons of one ring only: one in pieces is written as several objects, holes are open in the label images alone. This app reads the whole polygon from beside them.',
        'Attributes, notes, scores, groups and tracks are written below a key "groundmark", which the scripts of Cityscapes pass over.',
        'A crowd of a class that has objects is called by its name and "group", as Cityscapes does.',
        "Classes with Cityscapes' names have its numbers in label images, others the numbers from 34 on.",
        "Cityscapes' scripts want PNG pictures; pictures are copied as they are.",
      ],
    }),
  picturePath: pictureOfImage,

  async detect(folder) {
    const found = await findCityscapes(folder);
    const labelled = found?.entries.filter((entry) => entry.files.size > 0) ?? [];
    const kinds = new Set(labelled.flatMap((entry) => [...entry.files.keys()]));
    if (labelled.length === 0) {
      return { confidence: 0, reasons: ['no gtFine or gtCoarse folder with files of Cityscapes'] };
    }
    return {
      confidence: 0.97,
      reasons: [
        `${labelled.length} pictures have ground truth called as in Cityscapes: ${[...kinds].join(', ')}`,
      ],
    };
  },

  read: readCityscapes,
  write: writeCityscapes,
};
