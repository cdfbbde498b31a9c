import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findSupervisely } from './find-supervisely';
import { READ_CORNERS, READ_EMPTY, readSupervisely } from './read-supervisely';
import { datasetOfImage, nameOfImage, writeSupervisely } from './write-supervisely';

export const supervisely: DatasetFormat = {
  id: 'supervisely',
  title: 'Supervisely',
  description: 'A project of images: meta.json, and a JSON file a picture in each of its datasets.',
  readOptions: [READ_EMPTY, READ_CORNERS],
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
        mask: 'exact',
        cuboid: 'exact',
        tag: 'exact',
      },
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
        'Attributes are tags, the score is the tag "confidence", notes are descriptions and groups are instance keys.',
        'Tags tell text from numbers by name only; where one name has both, or false, the exact values stand below a key "groundmark", which its SDK passes over.',
        'Several points are as many objects of one instance. Ellipses have no geometry there and are left out.',
        'Pictures have no folders in a dataset: the folders of their keys become part of their names, and groundmark-images.csv knows them.',
      ],
    }),
  picturePath: (image) => `${datasetOfImage(image)}/img/${nameOfImage(image)}`,

  async detect(folder) {
    const { project, refusals } = await findSupervisely(folder);
    if (project === null) {
      return {
        confidence: refusals.length > 0 ? 0.1 : 0,
        reasons: refusals.length > 0 ? refusals : ['no meta.json with "classes" and "tags"'],
      };
    }
    const labelled = project.entries.filter((entry) => entry.annotationPath !== null).length;
    const reasons = [
      `${project.metaPath} lists classes and tags`,
      `${labelled} JSON files in folders called "ann"`,
    ];
    return { confidence: labelled > 0 ? 0.97 : 0.3, reasons };
  },

  read: readSupervisely,
  write: writeSupervisely,
};
