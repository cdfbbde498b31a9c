import type { Split } from '../../schema/dataset-version';
import type { DatasetFolder } from '../format';
import { TopLevelArrays } from '../parts/json/top-level-arrays';
import { folderOf, nameOf } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';

/** An export has its regions in itself; a project has them in one `<id>-asset.json` a picture. */
export type VottFileKind = 'export' | 'project' | 'asset';

export interface VottFile {
  readonly path: string;
  readonly kind: VottFileKind;
  readonly split: Split | null;
}

export interface VottFiles {
  /** In code-unit order of their paths. */
  readonly files: readonly VottFile[];
  /** Files of VoTT that are not read, each with the reason. */
  readonly nearMisses: readonly { readonly path: string; readonly reason: string }[];
}

/** A project of 100,000 pictures has as many asset files; those are known by their names. */
const MOST_SNIFFED_FILES = 200;

const ASSET_FILE = /-asset\.json$/i;

export async function findVottFiles(folder: DatasetFolder): Promise<VottFiles> {
  const files: VottFile[] = [];
  const nearMisses: { path: string; reason: string }[] = [];
  let sniffed = 0;
  let assetFilesSniffed = 0;
  let areAssetFiles = false;
  for (const { path } of await folder.list()) {
    if (ASSET_FILE.test(path)) {
      if (assetFilesSniffed < MOST_SNIFFED_FILES && !areAssetFiles) {
        assetFilesSniffed += 1;
        areAssetFiles = sniffVott(await folder.head(path)) === 'asset';
      }
      if (areAssetFiles) files.push({ path, kind: 'asset', split: null });
      continue;
    }
    if (!/\.(?:json|vott)$/i.test(path) || sniffed === MOST_SNIFFED_FILES) continue;
    sniffed += 1;
    const kind = sniffVott(await folder.head(path));
    if (kind === 'older') {
      nearMisses.push({ path, reason: 'it is of VoTT 1; open it in VoTT 2, which converts it' });
    } else if (kind !== null) {
      const split = splitFromName(nameOf(path)) ?? splitFromName(nameOf(folderOf(path)));
      files.push({ path, kind, split: kind === 'export' ? split : null });
    }
  }
  return { files, nearMisses };
}

/** What the beginning of a JSON file is; null when VoTT did not write it. */
function sniffVott(head: string): VottFileKind | 'older' | null {
  const arrays = new TopLevelArrays(() => false);
  arrays.push(head);
  const { keys } = arrays;
  if (keys.includes('asset') && keys.includes('regions')) return 'asset';
  if (keys.includes('frames') && keys.includes('inputTags')) return 'older';
  const isOfVott =
    ['videoSettings', 'activeLearningSettings', 'securityToken', 'sourceConnection'].some((key) =>
      keys.includes(key),
    ) || /"assets"\s*:\s*\{\s*"[^"]{1,200}"\s*:\s*\{\s*"asset"\s*:/.test(head);
  const hasParts = keys.includes('assets') || (keys.includes('tags') && keys.includes('name'));
  if (!isOfVott || !hasParts) return null;
  // Assets of a project are flat; those of an export are wrapped with their regions.
  const isWrapped = /"asset"\s*:\s*\{/.test(head);
  const isFlat = /"assets"\s*:\s*\{\s*"[^"]{1,200}"\s*:\s*\{\s*"(?!asset"|regions"|version")/.test(head);
  return isFlat && !isWrapped ? 'project' : 'export';
}
