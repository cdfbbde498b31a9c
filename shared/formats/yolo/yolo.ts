import type { DatasetFormat, DatasetImage, Detection, FidelityTable } from '../format';
import { NO_OPTIONS, type OptionValues } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { decideTask, type LabelSample, sampledLines } from './decide-task';
import { findYoloDataset, type YoloDataset } from './find-yolo-dataset';
import { readYolo } from './read-yolo';
import { darknetFolder } from './write-config';
import { writeYolo } from './write-yolo';
import { isDarknet, LAYOUT, namedTask, READ_TASK, WRITE_TASK } from './yolo-options';

export const yolo: DatasetFormat = {
  id: 'yolo',
  title: 'YOLO',
  description:
    'One text file a picture with fractions of its size: boxes, outlines, oriented boxes or poses (Ultralytics), or boxes (Darknet).',
  readOptions: [READ_TASK],
  writeOptions: [WRITE_TASK, LAYOUT],
  fidelity,
  picturePath,

  async detect(folder) {
    const dataset = await findYoloDataset(folder);
    if (dataset.labelPaths.length === 0) {
      return { confidence: 0, reasons: ['no .txt files beside pictures or in a "labels" folder'] };
    }
    const sample = await sampledLines(folder, dataset.labelPaths);
    const judged = judgedBy(dataset, sample);
    if (judged.confidence === 0) return judged;
    const { task, reason, question } = await decideTask(folder, dataset, sample, null);
    return {
      confidence: judged.confidence,
      reasons: [...judged.reasons, question === null ? `task ${task}: ${reason}` : reason],
      ...(question === null ? {} : { questions: [{ optionId: READ_TASK.id, question }] }),
    };
  },

  read: readYolo,
  write: writeYolo,
};

function picturePath(image: DatasetImage, options: OptionValues = NO_OPTIONS): string {
  return isDarknet(options) ? `${darknetFolder(image.split)}/${image.key}` : `images/${image.key}`;
}

const KEPT = {
  emptyImages: 'exact',
  splits: 'exact',
  classIndex: 'exact',
  unusedLabels: 'exact',
  coordinateErrorInImagePx: 2e-5,
} as const;

const OUTLINE_REMARK =
  'An outline of one part comes back as it was. Parts and holes are joined by lines of no width, as Ultralytics does it; reading takes them apart again where that can be told.';

function fidelity(options: OptionValues = NO_OPTIONS): FidelityTable {
  switch (namedTask(WRITE_TASK, options)) {
    case 'detect':
      return fidelityTable({ ...KEPT, shapes: { box: 'rounded' } });
    case 'segment':
      return fidelityTable({ ...KEPT, shapes: { polygon: 'lossy' }, remarks: [OUTLINE_REMARK] });
    case 'obb':
      return fidelityTable({
        ...KEPT,
        shapes: { 'rotated-box': 'rounded' },
        remarks: ['A turned box that leaves the picture is cut at its edge and comes back as a polygon.'],
      });
    case 'pose':
      return fidelityTable({
        ...KEPT,
        shapes: { box: 'rounded', skeleton: 'rounded' },
        groups: 'lossy',
        remarks: [
          'A box that shares a group with a skeleton of its class is written as the box of that pose; no other groups are kept.',
        ],
      });
    default:
      return fidelityTable({
        ...KEPT,
        shapes: { box: 'rounded', skeleton: 'rounded', polygon: 'lossy', 'rotated-box': 'lossy' },
        groups: 'lossy',
        remarks: [
          'The whole dataset is of one task, by its shapes. In a dataset of poses polygons and turned boxes become the boxes around them, in one of outlines turned boxes become outlines; each is listed.',
          OUTLINE_REMARK,
        ],
      });
  }
}

/** DOTA's lines, which Roboflow calls "YOLOv5 oriented boxes": four corners in pixels, a name and a difficulty. */
const DOTA_LINE = /^(?:-?[\d.]+\s+){8}\S.*\s\d$/;

function judgedBy(
  { config, labelPaths }: YoloDataset,
  { lines, bad, commas, firstBad }: LabelSample,
): Detection {
  const all = lines.length + bad;
  const good = lines.length + (config === null ? 0 : commas);
  const share = all === 0 ? 0 : good / all;
  const named =
    config === null ? 'no file of class names' : `${config.path} names ${config.names.size} classes`;
  const reasons = [
    named,
    `${labelPaths.length} label files, of which ${good} of ${all} sampled lines are labels of YOLO`,
  ];
  if (firstBad !== null) {
    reasons.push(`${firstBad.path} has a line that ${firstBad.reason}`);
    if (DOTA_LINE.test(firstBad.text)) reasons.push('its lines look like DOTA');
  }
  // Fewer than half good lines is another format in .txt files (MOT, DOTA, image sets).
  if (all > 0 && share < 0.5) return { confidence: 0, reasons };
  if (good === 0) return { confidence: config === null ? 0 : 0.4, reasons };
  return { confidence: (config === null ? 0.6 : 0.95) * share, reasons };
}
