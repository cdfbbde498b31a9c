import type { FormatOption } from '../format-options';

/** What a model proposed is no label until a person takes it; many projects are imported for just that. */
export const PREDICTIONS_OPTION: FormatOption = {
  id: 'predictions',
  title: 'Predictions',
  description: 'What to do with what a model proposed for pictures that nobody has annotated.',
  choices: [
    { id: 'where-alone', title: 'Read them with their scores' },
    { id: 'never', title: 'Leave them out' },
  ],
  defaultChoice: 'where-alone',
};
