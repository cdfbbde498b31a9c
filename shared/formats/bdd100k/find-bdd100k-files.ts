import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { isRecord } from '../parts/json/json-values';
import { parseSlice, TopLevelArrays } from '../parts/json/top-level-arrays';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName, splitOfFolder } from '../parts/split-name';

/** `frames`: Scalabel; `objects`: the first release, one file a picture with `frames[].objects[]`. */
export type Bdd100kKind = 'frames' | 'objects';

export interface Bdd100kFile {
  readonly path: string;
  readonly kind: Bdd100kKind;
  readonly split: Split | null;
  readonly reason: string;
}

const MAX_HEAD_CHARS = 64 * 1024;

/** Keys that labels of Scalabel have and those of other lists of records do not. */
const SHAPES = ['box2d', 'poly2d', 'box3d', 'rle', 'graph'] as const;

/**
 * The files of a dataset, in code-unit order of their paths.
 * @param most how many JSON files are looked into.
 */
export async function findBdd100kFiles(
  folder: DatasetFolder,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Bdd100kFile[]> {
  const files: Bdd100kFile[] = [];
  let count = 0;
  for (const { path } of await folder.list()) {
    if (!/\.json$/i.test(path)) continue;
    count += 1;
    if (count > most) break;
    const kind = kindOf(await folder.head(path));
    if (kind === null) continue;
    const split =
      splitFromName(nameOf(path)) ??
      folderOf(path)
        .split('/')
        .reverse()
        .map(splitOfFolder)
        .find((one) => one !== null) ??
      null;
    files.push({ path, ...kind, split });
  }
  return files;
}

/** What a file is by its beginning; null when it is none of ours. */
function kindOf(head: string): Pick<Bdd100kFile, 'kind' | 'reason'> | null {
  // Most files are told by this, without a look at their structure.
  if (!/"(?:labels|frames)"/.test(head)) return null;
  const arrays = new TopLevelArrays({
    array: (name) => name === '' || name === 'frames',
    entries: () => false,
  });
  const slices = arrays.push(head.slice(0, MAX_HEAD_CHARS));
  const frame = slices.flatMap(({ elements, text }) => elements ?? parseSlice(text)).find(isRecord);
  if (frame !== undefined) return kindOfFrame(frame);
  // A first frame that is longer than the beginning of a file: outlines and masks are long.
  if (!/^\s*(?:\[\s*\{|\{[\s\S]*?"frames"\s*:\s*\[\s*\{)/.test(head.slice(0, 4096).replace(/^\uFEFF/, '')))
    return null;
  if (/"objects"\s*:\s*\[/.test(head) && /"(?:box2d|poly2d)"\s*:/.test(head)) {
    return { kind: 'objects', reason: 'its frames have "objects" with box2d or poly2d' };
  }
  return /"labels"\s*:\s*\[/.test(head) && /"(?:box2d|poly2d|rle)"\s*:/.test(head)
    ? { kind: 'frames', reason: 'its frames have "labels" with box2d, poly2d or rle' }
    : null;
}

function kindOfFrame(frame: Readonly<Record<string, unknown>>): Pick<Bdd100kFile, 'kind' | 'reason'> | null {
  if (Array.isArray(frame.objects) && 'timestamp' in frame) {
    return { kind: 'objects', reason: 'its frames have "objects" and a "timestamp"' };
  }
  if (typeof frame.name !== 'string') return null;
  const label = Array.isArray(frame.labels) ? frame.labels.find(isRecord) : undefined;
  if (label !== undefined) {
    const shape = SHAPES.find((key) => key in label);
    if ('category' in label && (shape !== undefined || 'id' in label)) {
      return { kind: 'frames', reason: `its frames have "labels" with "category" and "${shape ?? 'id'}"` };
    }
    return null;
  }
  const isOfVideo = 'videoName' in frame || 'frameIndex' in frame;
  const hasWeather =
    isRecord(frame.attributes) && ('weather' in frame.attributes || 'timeofday' in frame.attributes);
  const isListed = Array.isArray(frame.labels) || frame.labels === null;
  return isListed || isOfVideo || hasWeather
    ? { kind: 'frames', reason: 'its frames have "name" and "labels", "videoName" or the weather' }
    : null;
}
