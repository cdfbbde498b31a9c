import type { ProblemQueue } from '../problem-queue';

/** What happens too often to be said of each annotation: counted, and said once a file. */
const WORDS = {
  'attribute-dropped': 'attribute values in %s were not taken; only texts, numbers and yes/no are.',
  'caption-dropped': 'captions in %s were not taken; they belong to no object.',
  'coco-box-differs':
    'boxes in %s lie more than 2 px beside their own outline or mask, of which the shape was taken. Check whether the boxes mean more than what is seen.',
  'coco-duplicate-id':
    'annotations in %s have the id of another one. All were taken; tools that find annotations by id mix them up.',
  'coco-short-mask': 'masks in %s stop before the last pixel of the picture; the rest is taken as not set.',
  'image-attribute-dropped': 'values of pictures in %s were not taken; only texts, numbers and yes/no are.',
  'provenance-dropped':
    'pictures in %s come with a licence, an address or a date, which were not taken. Keep the file where they matter.',
  'score-dropped': 'scores in %s are not between 0 and 1 and were not taken.',
} as const;

export type ReadNote = keyof typeof WORDS;

export class ReadNotes {
  readonly #counts = new Map<ReadNote, number>();

  add(note: ReadNote, count = 1): void {
    if (count > 0) this.#counts.set(note, (this.#counts.get(note) ?? 0) + count);
  }

  report(path: string, problems: ProblemQueue): void {
    for (const [note, count] of [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      problems.warning(note, path, `${count} ${WORDS[note].replace('%s', () => path)}`);
    }
    this.#counts.clear();
  }
}
