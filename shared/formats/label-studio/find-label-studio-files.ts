import type { DatasetFolder } from '../format';
import { TopLevelArrays } from '../parts/json/top-level-arrays';
import { folderOf } from '../parts/picture-index';
import { type LabelConfig, parseLabelConfig } from './label-config';

export interface LabelStudioFile {
  readonly path: string;
  /** An export lists tasks; storage and the frontend write one a file. */
  readonly isList: boolean;
  /** Whether a result on a picture was seen in its beginning; a list of tasks to be labelled has none. */
  readonly hasResults: boolean;
}

export interface LabelStudioFiles {
  /** In code-unit order of their paths. */
  readonly files: readonly LabelStudioFile[];
  /** Exports of Label Studio of other kinds, each with the reason why they are not read. */
  readonly nearMisses: readonly { readonly path: string; readonly reason: string }[];
}

/** Storage holds one file a task; likely files come early enough to be seen. */
const MOST_SNIFFED_FILES = 2_000;

const RESULT_OF_PICTURE =
  /"(?:rectangle|polygon|ellipse|keypoint|brush|vector)labels"|"type"\s*:\s*"(?:rectangle|polygon|ellipse|keypoint|brush|vector|magicwand)"|"format"\s*:\s*"rle"/;
const RESULT_LIST = /"result"\s*:\s*\[/;
const RESULT = /"from_name"\s*:|"to_name"\s*:/;
const TASK_PARTS = /"(?:annotations|completions|predictions)"\s*:\s*\[/;
const DATA = /"data"\s*:\s*\{/;
const PICTURE_IN_DATA = /\.(?:jpe?g|png|bmp|webp|tiff?|gif|avif)["?]/i;
const CHOICES = /"type"\s*:\s*"choices"/;

export async function findLabelStudioFiles(folder: DatasetFolder): Promise<LabelStudioFiles> {
  const files: LabelStudioFile[] = [];
  const nearMisses: { path: string; reason: string }[] = [];
  const candidates = (await folder.list()).filter(({ path }) => /\.(?:json|csv|tsv)$/i.test(path));
  for (const { path } of candidates.slice(0, MOST_SNIFFED_FILES)) {
    const head = await folder.head(path);
    if (!/\.json$/i.test(path)) {
      const [header = ''] = head.split('\n', 1);
      if (/\bannotation_id\b/.test(header) && /\blead_time\b/.test(header)) {
        nearMisses.push({ path, reason: 'it is the CSV of Label Studio; export "JSON" from it' });
      }
      continue;
    }
    const kind = sniffLabelStudio(head);
    if (kind === 'minimal') {
      nearMisses.push({
        path,
        reason: 'it is JSON_MIN, which does not say what is what; export "JSON" from Label Studio',
      });
    } else if (kind === 'other') {
      nearMisses.push({ path, reason: 'its tasks of Label Studio are not about pictures' });
    } else if (kind !== null) files.push({ path, ...kind });
  }
  return { files, nearMisses };
}

/** What the beginning of a JSON file is; null when Label Studio did not write it. */
function sniffLabelStudio(
  head: string,
): { readonly isList: boolean; readonly hasResults: boolean } | 'minimal' | 'other' | null {
  const arrays = new TopLevelArrays({ array: (name) => name === '', entries: () => false });
  arrays.push(head);
  const isList = arrays.root === 'array';
  if (arrays.root === null) return null;
  const hasParts = TASK_PARTS.test(head);
  const isTask = (DATA.test(head) && (hasParts || isList)) || (hasParts && RESULT_LIST.test(head));
  const isResult = RESULT.test(head);
  if (!isTask && !isResult) {
    return isList && RESULT_OF_PICTURE.test(head) && /"original_width"/.test(head) ? 'minimal' : null;
  }
  const isOfPicture = RESULT_OF_PICTURE.test(head);
  const hasPicture = isOfPicture || (PICTURE_IN_DATA.test(head) && (!isResult || CHOICES.test(head)));
  if (hasPicture) return { isList, hasResults: isResult || isOfPicture };
  // Results on text, sound and video; and lists of objects that have "data" and are something else.
  return isResult ? 'other' : null;
}

const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

/** Labelling configs by the folder they lie in. */
export interface ConfigFinder {
  /** The config of a file: the nearest one in its folder or above; null when there is none. */
  of(path: string): Promise<LabelConfig | null>;
}

export async function configFinder(folder: DatasetFolder): Promise<ConfigFinder> {
  const byFolder = new Map<string, string[]>();
  for (const { path } of await folder.list()) {
    if (!/\.xml$/i.test(path)) continue;
    const known = byFolder.get(folderOf(path));
    if (known === undefined) byFolder.set(folderOf(path), [path]);
    else if (known.length < MOST_CONFIGS_IN_A_FOLDER) known.push(path);
  }
  const found = new Map<string, LabelConfig | null>();
  const configIn = async (place: string): Promise<LabelConfig | null> => {
    const known = found.get(place);
    if (known !== undefined) return known;
    let config: LabelConfig | null = null;
    for (const path of byFolder.get(place) ?? []) {
      if (!/<View[\s>]/.test(await folder.head(path))) continue;
      const text = await folder.readText(path, MAX_CONFIG_BYTES);
      config = text.ok ? parseLabelConfig(text.value) : null;
      if (config !== null) break;
    }
    config ??= place === '' ? null : await configIn(folderOf(place));
    found.set(place, config);
    return config;
  };
  return { of: (path) => configIn(folderOf(path)) };
}

/** A folder of 100,000 XML annotations is none of a labelling config. */
const MOST_CONFIGS_IN_A_FOLDER = 20;
