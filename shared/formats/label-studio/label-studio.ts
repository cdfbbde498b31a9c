import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { configFinder, findLabelStudioFiles } from './find-label-studio-files';
import { PREDICTIONS_OPTION } from './label-studio-options';
import { readLabelStudio } from './read-label-studio';
import { writeLabelStudio } from './write-label-studio';

export const labelStudio: DatasetFormat = {
  id: 'label-studio',
  title: 'Label Studio JSON',
  description:
    'One JSON file with all tasks and their results in percent of the picture, and the XML labelling config.',
  readOptions: [PREDICTIONS_OPTION],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: {
        box: 'rounded',
        'rotated-box': 'rounded',
        polygon: 'rounded',
        polyline: 'rounded',
        points: 'rounded',
        ellipse: 'rounded',
        mask: 'exact',
        tag: 'exact',
      },
      attributes: 'exact',
      isCrowd: 'exact',
      score: 'exact',
      groups: 'exact',
      notes: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      coordinateErrorInImagePx: 1e-6,
      remarks: [
        'Places are percent of the picture, so its size must be known.',
        'Attributes become per-region answers, groups become relations, tags become choices; splits and attributes of pictures stand in the data of their task.',
        'An object in several parts or points becomes one region each; it is put together again here. Holes are kept in a field that Label Studio does not show.',
        'Lines need the vector tool of Label Studio 1.21 or later.',
      ],
    }),
  picturePath: (image) => image.key,

  async detect(folder) {
    const { files, nearMisses } = await findLabelStudioFiles(folder);
    const withResults = files.filter(({ hasResults }) => hasResults);
    if (withResults.length > 0) {
      return {
        confidence: 0.96,
        reasons: withResults
          .slice(0, 10)
          .map(({ path }) => `${path} has results of Label Studio on pictures`),
      };
    }
    const [first] = files;
    if (first !== undefined) {
      const config = await (await configFinder(folder)).of(first.path);
      if (config !== null && config.imageFields.size === 0) {
        return {
          confidence: 0.1,
          reasons: [`${first.path} lists tasks, but their labelling config shows no picture`],
        };
      }
      return {
        confidence: config === null ? 0.6 : 0.9,
        reasons: files
          .slice(0, 10)
          .map(
            ({ path }) =>
              `${path} lists tasks of Label Studio with pictures; no result was seen in its beginning`,
          ),
      };
    }
    if (nearMisses.length > 0) {
      return {
        confidence: 0.1,
        reasons: nearMisses.slice(0, 10).map(({ path, reason }) => `${path}: ${reason}`),
      };
    }
    return { confidence: 0, reasons: ['no .json file with tasks or results of Label Studio'] };
  },

  read: readLabelStudio,
  write: writeLabelStudio,
};
