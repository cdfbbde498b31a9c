import path from 'node:path';
import { datasetInArchive } from '../../shared/formats/folder-below';
import type { DatasetFolder } from '../../shared/formats/format';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import { isArchive, openDatasetZip } from '../datasets-io/zip/open-dataset-zip';
import type { GrantTarget } from '../grants/grant-store';
import { sizesOfPictures } from './sizes-of-pictures';

/**
 * A labels grant as formats see it: a folder, what one zip holds, or of the folder that chosen files lie in those files
 * alone. Pictures that do not lie there are looked for among `pictures`.
 */
export async function openLabelFolder(
  target: GrantTarget,
  pictures: readonly GrantTarget[],
): Promise<Result<DatasetFolder>> {
  const sizeElsewhere = sizesOfPictures(pictures);
  if (target.kind === 'folder') return openDatasetFolder(target.root, { sizeElsewhere });
  const files = Object.values(target.files);
  const folders = new Set(files.map((file) => path.dirname(file)));
  const [folder] = folders;
  if (folder === undefined || folders.size > 1) {
    return err(
      appError(
        'format.unrecognised',
        'The chosen label files lie in different folders. Choose files of one folder, or the whole folder.',
      ),
    );
  }
  const [file] = files;
  if (file !== undefined && files.length === 1 && isArchive(file)) {
    const zip = await openDatasetZip(file, { sizeElsewhere, shownPath: path.basename(file) });
    return zip.ok ? ok(await datasetInArchive(zip.value)) : zip;
  }
  return openDatasetFolder(folder, { sizeElsewhere, onlyFiles: files.map((file) => path.basename(file)) });
}
