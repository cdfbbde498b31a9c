import type { DatasetFormat, DetectionQuestion } from '../format';
import { NO_OPTIONS } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { findMotDataset } from './find-mot-dataset';
import { firstPixelToWrite, readClassNumbers, readCoordinates, writeCoordinates } from './mot-options';
import { readMot } from './read-mot';
import { motPicturePath, writeMot } from './write-mot';

export const mot: DatasetFormat = {
  id: 'mot',
  title: 'MOTChallenge',
  description: 'Tracks of boxes: one table a sequence, one row an object and frame (MOT15, 16, 17 and 20).',
  readOptions: [readCoordinates, readClassNumbers],
  writeOptions: [writeCoordinates],
  fidelity: (options = NO_OPTIONS) => {
    const isShifted = firstPixelToWrite(options) === 1;
    return fidelityTable({
      shapes: { box: isShifted ? 'rounded' : 'exact' },
      attributes: 'lossy',
      tracks: 'lossy',
      emptyImages: 'exact',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      // The last bit of a sum.
      coordinateErrorInImagePx: isShifted ? 1e-9 : 0,
      remarks: [
        'Of attributes MOT has visibility (a number) and ignored (yes or no, as a flag of 0).',
        'Tracks stay together but are called by numbers, and an interpolated box is not told from one set by hand. An object that has left the picture is marked as ignored and not visible.',
        'Pictures get the names of their frames, e.g. img1/000001.jpg; their own are kept in groundmark-images.csv, which other programs do not look at.',
        'A picture that is in no sequence is placed by the number at the end of its name, or is a sequence of its own.',
      ],
    });
  },
  picturePath: motPicturePath,

  async detect(folder) {
    const { sequences, setAside } = await findMotDataset(folder);
    const asides = setAside.map(({ path, reason }) => `${path} was passed over: ${reason}`);
    if (sequences.length === 0) {
      return { confidence: 0, reasons: asides.length > 0 ? asides : ['no gt/gt.txt or det/det.txt'] };
    }
    const withRows = sequences.filter(({ goodRows }) => goodRows > 0);
    const reasons = [
      ...sequences
        .slice(0, 5)
        .map(({ rowsPath, goodRows }) => `${rowsPath} has ${goodRows} rows of MOT in its beginning`),
      ...asides,
    ];
    const questions: DetectionQuestion[] = [];
    if (sequences.some(({ hasClassZero }) => hasClassZero)) {
      questions.push({
        optionId: readClassNumbers.id,
        question: 'Some rows have class 0. Does this dataset count classes from 0?',
      });
    }
    return {
      confidence: withRows.length > 0 ? 0.95 : 0.6,
      reasons,
      ...(questions.length === 0 ? {} : { questions }),
    };
  },

  read: readMot,
  write: writeMot,
};
