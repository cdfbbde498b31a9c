import type { Size } from '../../shared/geometry/rect';
import { matchImageKeys, stemOf } from '../../shared/imports/match-image-keys';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import { pictureSize } from '../datasets-io/picture-size';
import type { GrantTarget } from '../grants/grant-store';

interface Picture {
  readonly key: string;
  readonly size: () => Promise<Size | null>;
}

/**
 * Sizes of a project's pictures by the paths that a dataset has for them. The same rule finds the picture as later finds
 * the image for its labels, so a size is never that of another picture. Folders are listed once, when first asked.
 * @returns image px as displayed, null when no picture fits.
 */
export function sizesOfPictures(
  targets: readonly GrantTarget[],
): (picturePath: string) => Promise<Size | null> {
  let index: Promise<ReadonlyMap<string, readonly Picture[]>> | null = null;
  return async (picturePath) => {
    index ??= indexByStem(targets);
    const namesakes = (await index).get(stemOf(picturePath)) ?? [];
    const matched = matchImageKeys(
      [picturePath],
      namesakes.map((picture) => ({ id: picture, key: picture.key, isPreferred: false })),
    );
    // Of several that fit equally well none gets the labels; any size then lets the preview name the tie.
    const picture =
      matched.imageIdByKey.get(picturePath) ?? (matched.ambiguousKeys.length > 0 ? namesakes[0] : null);
    return (await picture?.size()) ?? null;
  };
}

async function indexByStem(
  targets: readonly GrantTarget[],
): Promise<ReadonlyMap<string, readonly Picture[]>> {
  const byStem = new Map<string, Picture[]>();
  const add = (picture: Picture): void => {
    const stem = stemOf(picture.key);
    const namesakes = byStem.get(stem);
    if (namesakes === undefined) byStem.set(stem, [picture]);
    else namesakes.push(picture);
  };
  for (const target of targets) {
    if (target.kind === 'files') {
      for (const [key, file] of Object.entries(target.files)) add({ key, size: () => pictureSize(file) });
      continue;
    }
    const folder = await openDatasetFolder(target.root);
    // A folder that is not there now has no sizes to give; the labels then say which pictures they lack.
    if (!folder.ok) continue;
    for (const { path } of await folder.value.list()) {
      add({ key: path, size: () => folder.value.imageSize(path) });
    }
  }
  return byStem;
}
