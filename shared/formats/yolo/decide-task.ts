import type { Size } from '../../geometry/rect';
import type { Vertex } from '../../schema/shapes';
import type { DatasetFolder } from '../format';
import { PROBED_EXTENSIONS } from '../parts/picture-index';
import { rotatedBoxFromCorners } from '../parts/vertices';
import { MAX_CONFIG_BYTES } from './find-class-lists';
import type { YoloDataset } from './find-yolo-dataset';
import { pictureStemOf } from './label-path';
import { LabelScanner, type LineFault } from './label-scanner';
import { type YoloTask, yoloTaskFrom } from './yolo-options';

/** What the lines of a dataset hold, and how that is known. */
export interface TaskDecision {
  readonly task: YoloTask;
  readonly keypoints: { readonly count: number; readonly dimensions: 2 | 3 } | null;
  /** Whether a person or the dataset itself names the task; otherwise the lines told it. */
  readonly isGiven: boolean;
  /** For a person. */
  readonly reason: string;
  /** What the files do not tell; `task` is then the one that loses nothing. */
  readonly question: string | null;
}

interface SampledLine {
  readonly path: string;
  readonly numbers: readonly number[];
}

export interface LabelSample {
  readonly lines: readonly SampledLine[];
  readonly bad: number;
  /** Of the bad ones those with commas: a spreadsheet's doing, but meant as YOLO. */
  readonly commas: number;
  /** The first bad line: its file and what is wrong with it. */
  readonly firstBad: (LineFault & { readonly path: string; readonly text: string }) | null;
}

const SAMPLED_FILES = 100;
const SAMPLED_LINES = 20;

/** Lines of label files spread evenly over the dataset; an empty file says nothing for or against. */
export async function sampledLines(
  folder: DatasetFolder,
  labelPaths: readonly string[],
): Promise<LabelSample> {
  const lines: SampledLine[] = [];
  let bad = 0;
  let commas = 0;
  let firstBad: LabelSample['firstBad'] = null;
  const step = Math.max(1, Math.floor(labelPaths.length / SAMPLED_FILES));
  for (let index = 0; index < labelPaths.length; index += step) {
    const path = labelPaths[index] ?? '';
    const text = await folder.readText(path, MAX_CONFIG_BYTES);
    const line = new LabelScanner(text.ok ? text.value : '');
    for (let taken = 0; taken < SAMPLED_LINES && line.next(); taken += 1) {
      if (line.fault === null) {
        lines.push({ path, numbers: Array.from(line.numbers.subarray(0, line.count)) });
        continue;
      }
      bad += 1;
      if (line.fault.code === 'yolo-comma') commas += 1;
      firstBad ??= { ...line.fault, path, text: lineOf(text.ok ? text.value : '', line.lineNumber) };
    }
  }
  return { lines, bad, commas, firstBad };
}

function lineOf(text: string, lineNumber: number): string {
  return (text.split(/\r\n|\n|\r/, lineNumber).at(-1) ?? '').trim().slice(0, 200);
}

/**
 * What task a dataset is of. What a person or the dataset itself says comes first; then the number of columns; and for
 * eight numbers, which are four corners of an oriented box or of an outline, names of folders and whether the corners
 * are rectangles in pixels.
 */
export async function decideTask(
  folder: DatasetFolder,
  dataset: YoloDataset,
  { lines }: LabelSample,
  asked: YoloTask | null,
): Promise<TaskDecision> {
  const yaml = dataset.config?.yaml ?? null;
  const keypoints = yaml?.keypoints ?? null;
  const given = (task: YoloTask, reason: string): TaskDecision => ({
    task,
    keypoints,
    isGiven: true,
    reason,
    question: null,
  });
  const sure = (task: YoloTask, reason: string): TaskDecision => ({ ...given(task, reason), isGiven: false });
  const byName = yoloTaskFrom(yaml?.task ?? null);
  if (asked !== 'pose' && asked !== null) return given(asked, 'as asked for');
  if (asked === null && byName !== null && byName !== 'pose')
    return given(byName, `${dataset.config?.path} says "task: ${byName}"`);
  if (keypoints !== null) return given('pose', `${dataset.config?.path} has "kpt_shape"`);
  const alike = keypointsAlike(lines);
  if (alike !== null && (asked === 'pose' || alike.isSure)) {
    return {
      task: 'pose',
      keypoints: alike.keypoints,
      isGiven: false,
      reason: `each line is a box and ${alike.keypoints.count} joints, though no "kpt_shape" says so`,
      question: null,
    };
  }
  if (asked === 'pose')
    return sure('pose', 'as asked for, though neither "kpt_shape" nor the number of columns tells of joints');
  const long = lines.filter(({ numbers }) => numbers.length > 5);
  if (long.length === 0) return sure('detect', 'each line is one box');
  const undecided = (reason: string, question: string): TaskDecision => ({
    task: 'segment',
    keypoints: null,
    isGiven: false,
    reason,
    question,
  });
  if (alike !== null) {
    return undecided(
      `each line is a box and ${alike.keypoints.count} joints, or an outline`,
      `Every line has ${(long[0]?.numbers.length ?? 0) + 1} columns. Are they a box with ${alike.keypoints.count} joints (pose), or outlines (segment)?`,
    );
  }
  if (long.some(({ numbers }) => numbers.length > 9 || numbers.length < 8))
    return sure('segment', 'lines have outlines of different lengths');
  const byFolder = taskFromNames(dataset);
  if (byFolder !== null) return sure(byFolder.task, `${byFolder.name} is named so`);
  const { rectangles, turned, placed } = await rectanglesAmong(folder, dataset, long);
  if (placed > 0 && rectangles === placed && turned > 0)
    return sure(
      'obb',
      `the four corners of all ${placed} sampled lines make rectangles, of which ${turned} are turned`,
    );
  if (placed > 0 && rectangles * 2 < placed)
    return sure('segment', `the four corners of most sampled lines make no rectangle`);
  return undecided(
    'each line has four corners, which may be an oriented box or an outline',
    'Every line has four corners. Are they oriented boxes (obb), or outlines that happen to have four corners (segment)?',
  );
}

/**
 * The joints that all lines would have if they were poses: the same number of columns in each, and either a visibility
 * of 0, 1 or 2 after every place, or places that all lie in the box of the line.
 */
function keypointsAlike(lines: readonly SampledLine[]): {
  readonly keypoints: NonNullable<TaskDecision['keypoints']>;
  readonly isSure: boolean;
} | null {
  const count = lines[0]?.numbers.length ?? 0;
  if (count < 7 || lines.some(({ numbers }) => numbers.length !== count)) return null;
  if (!lines.every(({ numbers }) => isBox(numbers))) return null;
  const hasVisibility = ({ numbers }: SampledLine) =>
    numbers.every((value, at) => at < 4 || (at - 4) % 3 !== 2 || value === 0 || value === 1 || value === 2);
  if ((count - 4) % 3 === 0 && lines.every(hasVisibility)) {
    // One joint makes seven numbers, as three corners and a confidence do.
    return { keypoints: { count: (count - 4) / 3, dimensions: 3 }, isSure: count > 7 };
  }
  const isWithin = ({ numbers }: SampledLine) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    return numbers.every((value, at) => {
      if (at < 4 || value === 0) return true;
      return at % 2 === 0
        ? Math.abs(value - x) <= width / 2 + 1e-3
        : Math.abs(value - y) <= height / 2 + 1e-3;
    });
  };
  const isLikely = count >= 8 && count % 2 === 0 && lines.length >= LEAST_LINES_FOR_A_PATTERN;
  return isLikely && lines.every(isWithin)
    ? { keypoints: { count: (count - 4) / 2, dimensions: 2 }, isSure: false }
    : null;
}

/** Fewer lines may be alike by chance. */
const LEAST_LINES_FOR_A_PATTERN = 3;

function isBox([x = 0, y = 0, width = 0, height = 0]: readonly number[]): boolean {
  const slack = 1e-3;
  return (
    width > 0 &&
    height > 0 &&
    Math.min(x - width / 2, y - height / 2) >= -slack &&
    Math.max(x + width / 2, y + height / 2) <= 1 + slack
  );
}

const WORDS: Readonly<Record<string, YoloTask>> = {
  obb: 'obb',
  dota: 'obb',
  dotav: 'obb',
  rotated: 'obb',
  oriented: 'obb',
  seg: 'segment',
  segment: 'segment',
  segmentation: 'segment',
  segments: 'segment',
  polygons: 'segment',
};

/** What the names of the config, of its `path` and of the folders with labels say; null for nothing or two things. */
function taskFromNames({ config, labelPaths }: YoloDataset): { task: YoloTask; name: string } | null {
  const found = new Map<YoloTask, string>();
  for (const name of [config?.path ?? '', config?.yaml?.path ?? '', labelPaths[0] ?? '']) {
    for (const word of name.toLowerCase().split(/[^a-z]+/)) {
      const task = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
      if (task !== undefined) found.set(task, name);
    }
  }
  const [only, second] = found;
  return only === undefined || second !== undefined ? null : { task: only[0], name: only[1] };
}

/** Sizes of so many pictures are enough to tell rectangles from other outlines. */
const MAX_SIZES_ASKED = 30;

/** The size of the picture of a label file; its extension is tried out where the picture is not in the folder itself. */
async function sizeFor(folder: DatasetFolder, { pictures }: YoloDataset, labelPath: string) {
  const stem = pictureStemOf(labelPath);
  const picture = pictures.find(stem) ?? pictures.find(labelPath);
  if (picture !== null) return folder.imageSize(picture);
  for (const extension of PROBED_EXTENSIONS) {
    const size = await folder.imageSize(`${stem}.${extension}`);
    if (size !== null) return size;
  }
  return null;
}

/** A tool that saves oriented boxes with few decimals bends them by less than this. */
const BENT_IN_IMAGE_PX = 1;

async function rectanglesAmong(
  folder: DatasetFolder,
  dataset: YoloDataset,
  lines: readonly SampledLine[],
): Promise<{ readonly rectangles: number; readonly turned: number; readonly placed: number }> {
  const sizes = new Map<string, Size | null>();
  let rectangles = 0;
  let turned = 0;
  let placed = 0;
  for (const { path, numbers } of lines) {
    let size = sizes.get(path);
    if (size === undefined) {
      size = sizes.size < MAX_SIZES_ASKED ? await sizeFor(folder, dataset, path) : null;
      sizes.set(path, size);
    }
    if (size === null) continue;
    placed += 1;
    const corners: Vertex[] = [0, 2, 4, 6].map((at) => ({
      x: (numbers[at] ?? 0) * (size?.width ?? 0),
      y: (numbers[at + 1] ?? 0) * (size?.height ?? 0),
    }));
    const box = rotatedBoxFromCorners(corners, BENT_IN_IMAGE_PX);
    if (box === null) continue;
    rectangles += 1;
    // An upright box is no sign of anything: both kinds of dataset have them.
    const [first, second] = corners;
    const lean = Math.min(
      Math.abs((second?.x ?? 0) - (first?.x ?? 0)),
      Math.abs((second?.y ?? 0) - (first?.y ?? 0)),
    );
    if (lean > 2 * BENT_IN_IMAGE_PX) turned += 1;
  }
  return { rectangles, turned, placed };
}
