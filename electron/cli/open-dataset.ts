import { stat } from 'node:fs/promises';
import path from 'node:path';
import { detectFormats, LEAST_CONFIDENCE } from '../../shared/formats/detect-formats';
import type { DatasetFolder, DatasetFormat } from '../../shared/formats/format';
import { FORMATS, formatById } from '../../shared/formats/index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from '../datasets-io/file-error';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';

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
): Promise<Result<OpenedDataset>> {
  let isFile: boolean;
  try {
    isFile = (await stat(shownPath)).isFile();
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
  const root = path.resolve(isFile ? path.dirname(shownPath) : shownPath);
  const imageRoots = [...imagesIn.map((folder) => path.resolve(folder)), path.dirname(root)];
  const opened = await openDatasetFolder(root, {
    imageRoots,
    ...(isFile ? { onlyFiles: [path.basename(shownPath)] } : {}),
  });
  if (!opened.ok) return opened;
  const folder = opened.value;
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
    reasons.push(`${format.title}: ${(await format.detect(folder)).reasons.slice(0, 2).join('; ')}`);
  }
  return err(
    appError(
      'format.unrecognised',
      `${shownPath} is no dataset that is read here (${reasons.join(' | ')}). Name the format with --from or --format if you know it.`,
      { path: shownPath, reasons },
    ),
  );
}

export function unknownFormat(name: string) {
  return appError(
    'usage.bad-arguments',
    `There is no format "${name}". Formats: ${Object.keys(FORMATS).join(', ')}.`,
    { format: name },
  );
}
