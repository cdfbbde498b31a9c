import type { DatasetFormat, Detection } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { type ClassFolders, findClassFolders, isKindFolder } from './find-class-folders';
import { PLACES_FILE } from './places-file';
import { picturesInClassFolders, readClassFolders } from './read-class-folders';
import { writeClassFolders } from './write-class-folders';

export const yoloClassify: DatasetFormat = {
  id: 'yolo-classify',
  title: 'Folders of classes',
  description:
    'A folder of pictures a class, in a folder a split (Ultralytics classification, ImageNet, torchvision).',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { tag: 'exact' },
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'A picture lies in the folder of each of its tags, so one without tags has no place.',
        'Class numbers, full names, sizes and names of pictures are kept in groundmark-labels.json and groundmark-classes.csv; trainers number classes by the names of their folders.',
      ],
    }),
  picturePath: () => null,
  pictures: picturesInClassFolders,

  async detect(folder) {
    if ((await folder.list()).some(({ path }) => path === PLACES_FILE)) {
      return { confidence: 0.95, reasons: [`${PLACES_FILE} says which class each picture is of`] };
    }
    const found = await findClassFolders(folder);
    return found === null ? { confidence: 0, reasons: ['no pictures in folders of classes'] } : judged(found);
  },

  read: readClassFolders,
  write: writeClassFolders,
};

/** Below this nothing is offered: any collection of pictures lies in folders. */
const NOT_OFFERED = 0.3;

function judged({ classNames, hasSplits, otherFiles, outside, pictures }: ClassFolders): Detection {
  const names = [...classNames].sort();
  const reasons = [
    `${names.length} folders of pictures${hasSplits ? ' in folders of splits' : ''}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`,
  ];
  if (otherFiles.length > 0)
    return { confidence: 0, reasons: [...reasons, `${otherFiles[0]} may hold labels of another format`] };
  if (names.some(isKindFolder))
    return { confidence: 0, reasons: [...reasons, `"${names.find(isKindFolder)}" is no name of a class`] };
  if (!hasSplits)
    return {
      confidence: NOT_OFFERED,
      reasons: [...reasons, 'without folders "train", "val" or "test" any pictures in folders look so'],
    };
  // One picture beside the splits is a poster or a sample; many are masks or another dataset.
  if (outside.length > Math.max(1, pictures.length / 10))
    return {
      confidence: 0,
      reasons: [...reasons, `${outside.length} pictures lie outside of the splits`],
    };
  if (names.length < 2)
    return { confidence: NOT_OFFERED, reasons: [...reasons, 'one class alone tells nothing apart'] };
  return { confidence: 0.9, reasons };
}
