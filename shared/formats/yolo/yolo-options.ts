import { chosen, type FormatOption, type OptionValues } from '../format-options';

/** What the lines of a dataset's label files hold; a trainer expects one of them. */
export const YOLO_TASKS = ['detect', 'segment', 'obb', 'pose'] as const;
export type YoloTask = (typeof YOLO_TASKS)[number];

export function yoloTaskFrom(text: string | null): YoloTask | null {
  return YOLO_TASKS.find((task) => task === text?.toLowerCase()) ?? null;
}

const TASK_CHOICES = [
  { id: 'detect', title: 'Detection: boxes' },
  { id: 'segment', title: 'Segmentation: outlines' },
  { id: 'obb', title: 'Oriented boxes: four corners' },
  { id: 'pose', title: 'Pose: a box and joints' },
] as const;

export const READ_TASK: FormatOption = {
  id: 'task',
  title: 'Task',
  description:
    'What the numbers of a line mean. Eight numbers may be an oriented box or an outline of four corners.',
  choices: [{ id: 'auto', title: 'As the files tell' }, ...TASK_CHOICES],
  defaultChoice: 'auto',
};

export const WRITE_TASK: FormatOption = {
  id: 'task',
  title: 'Task',
  description:
    'What the dataset is for; other shapes are left out. "By its shapes" takes pose where there are skeletons, else segmentation where there are polygons or masks, else oriented boxes where there are turned ones, and writes the other shapes as the nearest thing that the task holds.',
  choices: [{ id: 'auto', title: 'By its shapes' }, ...TASK_CHOICES],
  defaultChoice: 'auto',
};

export const LAYOUT: FormatOption = {
  id: 'layout',
  title: 'Layout',
  description:
    'Where files lie. Ultralytics: data.yaml, images/ and labels/. Darknet: obj.names, obj.data and labels beside the pictures; it knows boxes alone.',
  choices: [
    { id: 'ultralytics', title: 'Ultralytics' },
    { id: 'darknet', title: 'Darknet' },
  ],
  defaultChoice: 'ultralytics',
};

export function isDarknet(options: OptionValues): boolean {
  return chosen(LAYOUT, options) === 'darknet';
}

/** The task that a person named; null when the data decides. Darknet has detection alone. */
export function namedTask(option: FormatOption, options: OptionValues): YoloTask | null {
  return isDarknet(options) ? 'detect' : yoloTaskFrom(chosen(option, options));
}
