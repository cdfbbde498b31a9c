import type { FormatOption } from '../format-options';

export const READ_KIND: FormatOption = {
  id: 'kind',
  title: 'What a value stands for',
  description:
    'In class masks every value is a class and makes one mask a picture. In instance masks every value is one object.',
  choices: [
    { id: 'auto', title: 'By class lists and names of folders' },
    { id: 'class', title: 'A class' },
    { id: 'instance', title: 'One object' },
  ],
  defaultChoice: 'auto',
};

export const READ_BACKGROUND: FormatOption = {
  id: 'background',
  title: 'The value 0',
  description: 'Whether 0 (black) is what is no object, or the first class.',
  choices: [
    { id: 'auto', title: 'By its name; no object where it has none' },
    { id: 'zero', title: 'No object' },
    { id: 'none', title: 'A class' },
  ],
  defaultChoice: 'auto',
};

export const READ_IGNORED: FormatOption = {
  id: 'ignored',
  title: 'The value 255',
  description: 'Whether 255 marks pixels that are to be ignored, where no class list names it.',
  choices: [
    { id: 'auto', title: 'Ignored, unless it is the only value beside 0' },
    { id: '255', title: 'Ignored' },
    { id: 'none', title: 'As any other value' },
  ],
  defaultChoice: 'auto',
};

export const WRITE_KIND: FormatOption = {
  id: 'kind',
  title: 'What a value stands for',
  description:
    'Class masks hold the number of a class in each pixel and cannot tell two objects of a class apart. Instance masks hold the number of an object, and instances.json says what each is.',
  choices: [
    { id: 'class', title: 'A class (semantic segmentation)' },
    { id: 'instance', title: 'One object (instance segmentation)' },
  ],
  defaultChoice: 'class',
};
