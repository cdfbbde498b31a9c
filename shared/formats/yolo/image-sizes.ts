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

export function sizeLine(key: string, size: Size): string {
  return `${key}\t${size.width}\t${size.height}\n`;
}

/** Sizes by key, empty when the file is not there. Memory follows the number of images. */
export async function readSizes(
  folder: DatasetFolder,
  root: string,
  problems: ProblemQueue,
): Promise<ReadonlyMap<string, Size>> {
  const path = joinedPath(root, SIZES_FILE);
  const sizes = new Map<string, Size>();
  if (!(await folder.list()).some((file) => file.path === path)) return sizes;
  let rest = '';
  let lineNumber = 0;
  const take = (line: string) => {
    lineNumber += 1;
    if (line === '' || lineNumber === 1) return;
    const [key = '', width, height] = line.split('\t');
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
  return sizes;
}
