import type { FormatOption } from '../../format-options';

/** CVAT lists every picture of a task, whether a person looked at it or not. */
export const EMPTY_IMAGES: FormatOption = {
  id: 'emptyImages',
  title: 'Pictures without shapes',
  description: 'CVAT lists all pictures of a task and does not say which of them were looked at.',
  choices: [
    { id: 'unlabelled', title: 'Not labelled yet' },
    { id: 'confirmed-empty', title: 'Looked at, and nothing is there' },
  ],
  defaultChoice: 'unlabelled',
};
