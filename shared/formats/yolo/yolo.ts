import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findYoloDataset, type YoloDataset } from './find-yolo-dataset';
import { parseLabelLine } from './parse-label-line';
import { readYolo } from './read-yolo';
import { writeYolo } from './write-yolo';

const SAMPLED_FILES = 20;
const SAMPLED_LINES = 20;
const MAX_SAMPLED_BYTES = 4 * 1024 * 1024;

export const yolo: DatasetFormat = {
  id: 'yolo',
  title: 'YOLO detection',
  description: 'One text file a picture, with boxes as fractions of its size (Ultralytics and Darknet).',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'rounded' },
      emptyImages: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      coordinateErrorInImagePx: 2e-5,
    }),
  picturePath: (image) => `images/${image.key}`,

  async detect(folder) {
    const dataset = await findYoloDataset(folder);
    if (dataset.labelPaths.length === 0) {
      return { confidence: 0, reasons: ['no .txt files beside pictures or in a "labels" folder'] };
    }
    return judged(dataset, await sampled(folder, dataset));
  },

  read: readYolo,
  write: writeYolo,
};

/** Lines of the first, middle and last label files; an empty file says nothing for or against. */
async function sampled(folder: DatasetFolder, { labelPaths, config }: YoloDataset) {
  let good = 0;
  let bad = 0;
  let firstBad: string | null = null;
  const step = Math.max(1, Math.floor(labelPaths.length / SAMPLED_FILES));
  for (let index = 0; index < labelPaths.length; index += step) {
    const path = labelPaths[index] ?? '';
    const text = await folder.readText(path, MAX_SAMPLED_BYTES);
    const lines = text.ok ? text.value.split(/\r?\n|\r/, SAMPLED_LINES) : [];
    for (const line of lines) {
      if (line.trim() === '') continue;
      const parsed = parseLabelLine(line.trim(), config?.yaml?.hasKeypoints ?? false);
      // Commas in numbers are a spreadsheet's doing; the file is still meant as YOLO and reading says what to mend.
      if ('classIndex' in parsed || (parsed.code === 'yolo-comma' && config !== null)) good += 1;
      else {
        bad += 1;
        firstBad ??= `${path} has a line that ${parsed.reason}`;
      }
    }
  }
  return { good, bad, firstBad };
}

function judged(
  { config, labelPaths }: YoloDataset,
  { good, bad, firstBad }: { good: number; bad: number; firstBad: string | null },
): Detection {
  const share = good + bad === 0 ? 0 : good / (good + bad);
  const named =
    config === null ? 'no file of class names' : `${config.path} names ${config.names?.size ?? 0} classes`;
  const reasons = [
    named,
    `${labelPaths.length} label files, of which ${good} of ${good + bad} sampled lines are boxes or polygons`,
  ];
  if (firstBad !== null) reasons.push(firstBad);
  // Fewer than half good lines is another format in .txt files (MOT, DOTA, image sets).
  if (good + bad > 0 && share < 0.5) return { confidence: 0, reasons };
  if (good === 0) return { confidence: config === null ? 0 : 0.4, reasons };
  return { confidence: (config === null ? 0.6 : 0.95) * share, reasons };
}
