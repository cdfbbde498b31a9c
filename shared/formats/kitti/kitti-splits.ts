import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { joinedPath, nameOf } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { splitOfFolder } from '../parts/split-name';
import type { KittiDataset, KittiFrame } from './find-kitti-dataset';

/** A list of a million ids of ten characters. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/**
 * In which split each picture is: by the lists in `ImageSets` where there are any, else by a folder `train`, `val` or
 * `test` below `label_2`, else by `training` and `testing`.
 *
 * @param isOurs tells of pictures that we wrote, whose split is in a list or nowhere.
 */
export async function kittiSplits(
  folder: DatasetFolder,
  { frames, lists }: KittiDataset,
  isOurs: (frame: KittiFrame) => boolean,
  problems: ProblemQueue,
): Promise<(frame: KittiFrame) => Split | null> {
  const names = new Set(frames.map(({ root, id }) => joinedPath(root, id)));
  const listed = new Map<string, Split | 'several'>();
  const bases = new Set<string>();
  for (const { path, base, split } of lists) {
    bases.add(base);
    if (split === null) continue;
    const text = await folder.readText(path, MAX_LIST_BYTES);
    if (!text.ok) {
      problems.warning('kitti-list-unreadable', path, `${text.error.message} Splits may be missing.`);
      continue;
    }
    const roots = split === 'test' ? ['testing', 'training', ''] : ['training', ''];
    for (const line of text.value.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
      // Names may begin or end with a space, so what stands there counts before what is left without.
      const name = [line, line.trim()]
        .flatMap((id) => roots.map((root) => joinedPath(joinedPath(base, root), id)))
        .find((candidate) => names.has(candidate));
      if (name === undefined) continue;
      const earlier = listed.get(name);
      listed.set(name, earlier === undefined || earlier === split ? split : 'several');
      if (earlier !== undefined && earlier !== split) {
        problems.warning(
          'kitti-two-splits',
          path,
          `${line.slice(0, 200)} is in ${path} and in another list; it is taken as in no split.`,
        );
      }
    }
  }
  const isUnderLists = (root: string) =>
    [...bases].some((base) => base === '' || root === base || root.startsWith(`${base}/`));
  return (frame) => {
    const found = listed.get(joinedPath(frame.root, frame.id));
    if (found !== undefined) return found === 'several' ? null : found;
    if (isOurs(frame) || isUnderLists(frame.root)) return null;
    const [subset = '', ...rest] = frame.id.split('/');
    return (rest.length > 0 ? splitOfFolder(subset) : null) ?? splitOfFolder(nameOf(frame.root));
  };
}
