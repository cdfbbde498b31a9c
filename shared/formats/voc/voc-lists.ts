import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { nameOf, withoutExtension } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { splitFromName } from '../parts/split-name';

export interface VocLists {
  /** Whether any list of pictures is there: then lists alone tell splits, and not the names of folders. */
  readonly hasLists: boolean;
  /** Null when the id is in no list, or in lists of several splits. */
  splitOf(root: string, id: string): Split | null;
}

const MAX_LINE_CHARS = 5_000;

/** In the lists of one class each line ends with 1 (it is there), -1 (it is not) or 0 (only difficult ones are). */
const WITH_FLAG = /^(.*\S)\s+(?:-1|0|1|\d{1,4})$/;

/**
 * Which split each image is in, by `ImageSets/Main` and its siblings. Names that no file of the dataset has are counted:
 * lists are often kept while pictures are taken out.
 */
export async function readVocLists(
  folder: DatasetFolder,
  paths: readonly { readonly root: string; readonly path: string }[],
  isKnown: (root: string, id: string) => boolean,
  problems: ProblemQueue,
): Promise<VocLists> {
  const splits = new Map<string, Split | null>();
  let hasLists = false;
  let conflicts = 0;
  let classLists = 0;
  for (const { root, path } of paths) {
    const split = splitOfList(path);
    let absent = 0;
    let firstAbsent = '';
    let isClassList = false;
    const take = (line: string) => {
      const found = idOfLine(line, (id) => isKnown(root, id));
      if (found.id === '') return;
      if (found.hasFlag) isClassList = true;
      if (!found.isKnown) {
        absent += 1;
        if (firstAbsent === '') firstAbsent = found.id;
        return;
      }
      if (split === null) return;
      const key = `${root}\n${found.id}`;
      const earlier = splits.get(key);
      if (earlier === undefined) splits.set(key, split);
      else if (earlier !== null && earlier !== split) {
        conflicts += 1;
        splits.set(key, null);
      }
    };
    try {
      let rest = '';
      for await (const chunk of folder.streamText(path)) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(line.replace(/^\uFEFF/, ''));
        if (rest.length > MAX_LINE_CHARS) break;
      }
      if (rest.length <= MAX_LINE_CHARS) take(rest);
    } catch {
      problems.warning(
        'voc-list-unreadable',
        path,
        `${path} cannot be read to its end; splits may be missing.`,
      );
    }
    hasLists = true;
    if (isClassList) classLists += 1;
    if (absent > 0) {
      problems.warning(
        'voc-listed-absent',
        path,
        `${path} names ${absent} images that are not here (${firstAbsent.slice(0, 100)}${absent > 1 ? ', …' : ''}); they were passed over.`,
      );
    }
  }
  if (conflicts > 0) {
    problems.warning(
      'split-conflict',
      '',
      `${conflicts} images are in lists of several splits; they are read without one. Keep each image in one of train, val and test.`,
    );
  }
  if (classLists > 0) {
    problems.warning(
      'voc-class-lists-set-aside',
      '',
      `${classLists} lists say which pictures show a class; only their splits were read; what shows which class is taken from the objects.`,
    );
  }
  return { hasLists, splitOf: (root, id) => splits.get(`${root}\n${id}`) ?? null };
}

/** `train_val.txt` is the list of the class "train" in val, and trainval is no split. */
function splitOfList(path: string): Split | null {
  const stem = withoutExtension(nameOf(path));
  const last = stem.slice(stem.lastIndexOf('_') + 1);
  return last.toLowerCase() === 'trainval' ? null : (splitFromName(last) ?? splitFromName(stem));
}

/** The id that a line names: the whole line where an image is called so, else without white space and the flag at its end. */
function idOfLine(
  line: string,
  isKnown: (id: string) => boolean,
): { readonly id: string; readonly isKnown: boolean; readonly hasFlag: boolean } {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (isKnown(whole)) return { id: whole, isKnown: true, hasFlag: false };
  const trimmed = whole.trim();
  if (isKnown(trimmed)) return { id: trimmed, isKnown: true, hasFlag: false };
  if (trimmed === '' || trimmed.startsWith('#')) return { id: '', isKnown: false, hasFlag: false };
  const flagged = WITH_FLAG.exec(trimmed)?.[1];
  if (flagged === undefined) return { id: trimmed, isKnown: false, hasFlag: false };
  // Datumaro puts names with blanks in quotes.
  const id = /^"(.*)"$/.exec(flagged)?.[1] ?? flagged;
  return { id, isKnown: isKnown(id), hasFlag: true };
}
