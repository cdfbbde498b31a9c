import type { DatasetFolder } from '../format';
import { folderOf, joinedPath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { type ClassList, MAX_CONFIG_BYTES } from './find-class-lists';

/** Fillers that our writer puts where a class number was never given; they name nothing. */
const FILLER = /^unused-(\d+)$/;

export function isFiller(name: string, classIndex: number): boolean {
  return FILLER.exec(name)?.[1] === String(classIndex);
}

/**
 * Reports what makes class numbers of a dataset doubtful: another file of it that names them otherwise, names that stand
 * twice, a declared number of classes that is not theirs. LabelImg rewrites `classes.txt` from what it saw in a session,
 * so its order and length are often not those of the labels.
 */
export async function checkClassLists(
  folder: DatasetFolder,
  used: ClassList,
  others: readonly ClassList[],
  problems: ProblemQueue,
): Promise<void> {
  for (const other of others) compareLists(used, other, problems);
  reportDoubles(used, problems);
  for (const { path, count } of await declaredCounts(folder, used)) {
    if (count === countOf(used)) continue;
    problems.error(
      'yolo-class-count',
      path,
      `${path} says that there are ${count} classes and ${used.path} names ${countOf(used)}. Trainers stop at that: correct the number, or add the names that are missing.`,
    );
  }
}

function compareLists(used: ClassList, other: ClassList, problems: ProblemQueue): void {
  const length = Math.min(countOf(used), countOf(other));
  for (let index = 0; index < length; index += 1) {
    const [here, there] = [used.names.get(index), other.names.get(index)];
    if (here === there || here === undefined || there === undefined || isFiller(here, index)) continue;
    problems.error(
      'yolo-class-order',
      other.path,
      `${other.path} calls class ${index} "${there}" and ${used.path} calls it "${here}". The names of ${used.path} were used; if they are the wrong ones, every box has a wrong class. Find out which file the labels were drawn with, and correct or remove the other.`,
      other.yaml === null ? index + 1 : null,
    );
    return;
  }
  if (countOf(used) === countOf(other)) return;
  const [shorter, longer] = countOf(used) < countOf(other) ? [used, other] : [other, used];
  problems.warning(
    'yolo-class-list-short',
    shorter.path,
    `${shorter.path} names ${countOf(shorter)} classes and ${longer.path} ${countOf(longer)}, the first ones alike. The names of ${used.path} were used. LabelImg shortens classes.txt to what it saw: put the whole list back.`,
  );
}

function reportDoubles(used: ClassList, problems: ProblemQueue): void {
  const first = new Map<string, number>();
  for (const [index, name] of used.names) {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else if (name !== '') {
      problems.error(
        'yolo-class-twice',
        used.path,
        `${used.path} gives the name "${name}" to class ${earlier} and to class ${index}. Rename one of them, or give the boxes of both one number.`,
        used.yaml === null ? index + 1 : null,
      );
    }
  }
}

function countOf({ names }: ClassList): number {
  let count = 0;
  for (const index of names.keys()) count = Math.max(count, index + 1);
  return count;
}

async function declaredCounts(
  folder: DatasetFolder,
  used: ClassList,
): Promise<readonly { readonly path: string; readonly count: number }[]> {
  if (used.yaml !== null) {
    const { classCount } = used.yaml;
    return classCount === null ? [] : [{ path: used.path, count: classCount }];
  }
  const path = joinedPath(folderOf(used.path), 'obj.data');
  if (!(await folder.list()).some((file) => file.path === path)) return [];
  const text = await folder.readText(path, MAX_CONFIG_BYTES);
  const count = text.ok ? /^\s*classes\s*=\s*(\d{1,6})\s*$/m.exec(text.value)?.[1] : undefined;
  return count === undefined ? [] : [{ path, count: Number(count) }];
}
