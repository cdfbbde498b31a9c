import type { Size } from '../../geometry/rect';
import type { DatasetFolder } from '../format';
import { joinedPath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';

/**
 * A file of ours beside `data.yaml`: YOLO's fractions mean nothing without the size of the picture they are of, and
 * whether it was taken as stored or as displayed. Trainers do not look at it.
 */
export const SIZES_FILE = 'image-sizes.tsv';
export const SIZES_HEADER = 'image\twidth\theight';

const MAX_LINE_CHARS = 5_000;

/** In a fourth column: the picture stands in the list of a split only because the others have one. */
const NO_SPLIT = 'no split';

/** Nothing where there is nothing to say. */
export function sizeLine(key: string, size: Size | null, isWithoutSplit: boolean): string {
  if (size === null && !isWithoutSplit) return '';
  return `${key}\t${size?.width ?? ''}\t${size?.height ?? ''}${isWithoutSplit ? `\t${NO_SPLIT}` : ''}\n`;
}

export interface NotedImages {
  readonly sizes: ReadonlyMap<string, Size>;
  /** Keys of images without a split. */
  readonly withoutSplit: ReadonlySet<string>;
}

/** What the file says by key, nothing when it is not there. Memory follows the number of images. */
export async function readSizes(
  folder: DatasetFolder,
  root: string,
  problems: ProblemQueue,
): Promise<NotedImages> {
  const path = joinedPath(root, SIZES_FILE);
  const sizes = new Map<string, Size>();
  const withoutSplit = new Set<string>();
  const noted = { sizes, withoutSplit };
  if (!(await folder.list()).some((file) => file.path === path)) return noted;
  let rest = '';
  let lineNumber = 0;
  const take = (line: string) => {
    lineNumber += 1;
    if (line === '' || lineNumber === 1) return;
    const [key = '', width, height, split] = line.split('\t');
    if (split === NO_SPLIT) withoutSplit.add(key);
    if (split === NO_SPLIT && width === '' && height === '') return;
    const size = { width: Number(width), height: Number(height) };
    if (size.width >= 1 && size.height >= 1 && size.width <= 1e6 && size.height <= 1e6) sizes.set(key, size);
    else
      problems.error(
        'yolo-bad-size',
        path,
        `Line ${lineNumber} of ${path} is not "image, width, height".`,
        lineNumber,
      );
  };
  try {
    for await (const chunk of folder.streamText(path)) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      if (rest.length > MAX_LINE_CHARS) break;
    }
    take(rest);
  } catch {
    problems.warning(
      'yolo-bad-size',
      path,
      `${path} cannot be read to its end; sizes are taken from the pictures.`,
    );
  }
  return noted;
}
