import path from 'node:path';

/** The tiles of one level lie in one file, each at the place that `tileOffset` says. */
export function levelFile(folder: string, level: number): string {
  return path.join(folder, `${level}.rgb`);
}
