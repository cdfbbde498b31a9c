import { stat } from 'node:fs/promises';
import path from 'node:path';
import { detectFormats, LEAST_CONFIDENCE } from '../../shared/formats/detect-formats';
import type { DatasetFolder, DatasetFormat } from '../../shared/formats/format';
import { FORMATS, formatById } from '../../shared/formats/index';
import { isPicturePath } from '../../shared/formats/parts/picture-index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from '../datasets-io/file-error';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import { interruptibleFolder } from './interruptible';

export interface OpenedDataset {
  readonly shownPath: string;
  readonly folder: DatasetFolder;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Folders that pictures may be in, the dataset's own first. */
  readonly pictureRoots: readonly string[];
  readonly format: DatasetFormat;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/**
 * A dataset that a person named: a folder, or one label file. Pictures are looked for in the folder, in those given by
 * `--images-in`, and beside the folder, as datasets often keep `images/` next to `labels/`.
 */
export async function openDataset(
  shownPath: string,
  formatName: string,
  imagesIn: readonly string[],
  signal: AbortSignal,
): Promise<Result<OpenedDataset>> {
  let isFile: boolean;
  try {
    isFile = (await stat(shownPath)).isFile();
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
  const refusal = isFile ? refuseOtherFile(shownPath) : null;
  if (refusal !== null) return err(refusal);
  const root = path.resolve(isFile ? path.dirname(shownPath) : shownPath);
  const imageRoots = [...imagesIn.map((folder) => path.resolve(folder)), path.dirname(root)];
  const opened = await openDatasetFolder(root, {
    imageRoots,
    // A config stands for the folder it lies in; a file of labels for itself.
    ...(isFile && !IS_CONFIG.test(shownPath) ? { onlyFiles: [path.basename(shownPath)] } : {}),
  });
  if (!opened.ok) return opened;
  const folder = interruptibleFolder(opened.value, signal);
  const common = { shownPath, folder, root, pictureRoots: [root, ...imageRoots] };

  if (formatName !== 'auto') {
    const format = formatById(formatName);
    if (format === null) return err(unknownFormat(formatName));
    return ok({ ...common, format, ...(await format.detect(folder)) });
  }
  const [best] = await detectFormats(folder);
  if (best !== undefined && best.confidence >= LEAST_CONFIDENCE) return ok({ ...common, ...best });
  const reasons: string[] = [];
  for (const format of Object.values(FORMATS)) {
    reasons.push(`${format.title}: ${(await format.detect(folder)).reasons.slice(0, 3).join('; ')}`);
  }
  return err(
    appError(
      'format.unrecognised',
      `${shownPath} is no dataset that is read here (${reasons.join(' | ')}). Name the format with --from or --format if you know it.`,
      { path: shownPath, reasons },
    ),
  );
}

const IS_CONFIG = /(?:\.ya?ml|\.names|\.data|(?:^|[/\\])classes\.txt)$/i;
const IS_ARCHIVE = /\.(?:zip|tar|tgz|gz|bz2|xz|7z|rar)$/i;

/** Files that people name where a dataset is meant, with what to name instead. */
function refuseOtherFile(shownPath: string) {
  const what = IS_ARCHIVE.test(shownPath)
    ? 'is an archive. Unpack it, and name the folder'
    : isPicturePath(shownPath)
      ? 'is a picture. Name the folder of its dataset, or the label file'
      : null;
  return what === null ? null : appError('format.unrecognised', `${shownPath} ${what}.`, { path: shownPath });
}

export function unknownFormat(name: string) {
  return appError(
    'usage.bad-arguments',
    `There is no format "${name}". Formats: ${Object.keys(FORMATS).join(', ')}.`,
    { format: name },
  );
}
