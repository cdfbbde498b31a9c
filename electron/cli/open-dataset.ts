import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type DetectedFormat, detectFormats, likeliestFormats } from '../../shared/formats/detect-formats';
import { datasetInArchive } from '../../shared/formats/folder-below';
import type { DatasetFolder, DatasetFormat, DetectionQuestion } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { FORMATS, formatById } from '../../shared/formats/index';
import { isPicturePath } from '../../shared/formats/parts/picture-index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from '../datasets-io/file-error';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import { isArchive, openDatasetZip } from '../datasets-io/zip/open-dataset-zip';
import { interruptibleFolder } from './interruptible';
import { formatIds, pairsAsValues } from './option-flags';

/** Something on disk that may be a dataset: a folder, one label file, or a zip. */
export interface OpenedPlace {
  readonly shownPath: string;
  readonly folder: DatasetFolder;
  /** Absolute path of the folder, or of the zip. */
  readonly root: string;
  /** Folders that pictures may be in, the dataset's own first; a zip's own pictures are in `folder`. */
  readonly pictureRoots: readonly string[];
  readonly isArchive: boolean;
}

export interface OpenedDataset extends OpenedPlace {
  readonly format: DatasetFormat;
  readonly readOptions: OptionValues;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export interface OpenOptions {
  /** A format's id, or `auto`. */
  readonly format: string;
  readonly imagesIn?: readonly string[];
  /** `id=value` pairs of the format's read options. */
  readonly readOption?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * A dataset that a person named. When its files leave open what it is, or how it is to be read, that is an error that
 * lists the choices: nothing is guessed.
 */
export async function openDataset(shownPath: string, options: OpenOptions): Promise<Result<OpenedDataset>> {
  const place = await openPlace(shownPath, options);
  if (!place.ok) return place;
  const found = await formatOf(place.value, options.format);
  if (!found.ok) return found;
  const { format, confidence, reasons, questions = [] } = found.value;
  const readOptions = pairsAsValues(options.readOption ?? [], format.readOptions, '--read-option');
  if (!readOptions.ok) return readOptions;
  const open = questions.filter(({ optionId }) => !Object.hasOwn(readOptions.value, optionId));
  if (open.length > 0) return err(unanswered(shownPath, format, open));
  return ok({ ...place.value, format, readOptions: readOptions.value, confidence, reasons });
}

/** Pictures are looked for in the folder, in those given by `--images-in`, and beside it, as `images/` next to `labels/`. */
export async function openPlace(
  shownPath: string,
  { imagesIn = [], signal }: Pick<OpenOptions, 'imagesIn' | 'signal'>,
): Promise<Result<OpenedPlace>> {
  let isFile: boolean;
  try {
    isFile = (await stat(shownPath)).isFile();
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
  const given = imagesIn.map((folder) => path.resolve(folder));
  if (isFile && isArchive(shownPath)) {
    const root = path.resolve(shownPath);
    const imageRoots = [...given, path.dirname(root)];
    const zip = await openDatasetZip(root, { imageRoots, shownPath });
    if (!zip.ok) return zip;
    const folder = await datasetInArchive(interruptibleFolder(zip.value, signal));
    return ok({ shownPath, folder, root, pictureRoots: imageRoots, isArchive: true });
  }
  const refusal = isFile ? refuseOtherFile(shownPath) : null;
  if (refusal !== null) return err(refusal);
  const root = path.resolve(isFile ? path.dirname(shownPath) : shownPath);
  const imageRoots = [...given, path.dirname(root)];
  const opened = await openDatasetFolder(root, {
    imageRoots,
    // A config stands for the folder it lies in; a file of labels for itself.
    ...(isFile && !IS_CONFIG.test(shownPath) ? { onlyFiles: [path.basename(shownPath)] } : {}),
  });
  if (!opened.ok) return opened;
  const folder = interruptibleFolder(opened.value, signal);
  return ok({ shownPath, folder, root, pictureRoots: [root, ...imageRoots], isArchive: false });
}

async function formatOf(place: OpenedPlace, name: string): Promise<Result<DetectedFormat>> {
  if (name !== 'auto') {
    const format = formatById(name);
    if (format === null) return err(unknownFormat(name));
    return ok({ format, ...(await format.detect(place.folder)) });
  }
  const detected = await detectFormats(place.folder);
  const likeliest = likeliestFormats(detected);
  const [best] = likeliest;
  if (best === undefined) return err(await unrecognised(place));
  return likeliest.length > 1 ? err(ambiguous(place.shownPath, likeliest)) : ok(best);
}

/** Reasons of formats that are certainly not there would fill a page; the likeliest few tell what was looked for. */
const REASONS_SHOWN = 3;

async function unrecognised({ shownPath, folder }: OpenedPlace) {
  const judged: DetectedFormat[] = [];
  for (const format of Object.values(FORMATS)) judged.push({ format, ...(await format.detect(folder)) });
  const near = judged.filter(({ confidence }) => confidence > 0);
  const told =
    near.length > 0 ? near : judged.filter(({ format }) => format.id === 'coco' || format.id === 'yolo');
  const reasons = told.map(
    ({ format, reasons: why }) => `${format.title}: ${why.slice(0, REASONS_SHOWN).join('; ')}`,
  );
  return appError(
    'format.unrecognised',
    `${shownPath} is no dataset that is read here (${reasons.join(' | ')}). Name the format with --from or --format if you know it: ${formatIds()}.`,
    { path: shownPath, reasons },
  );
}

function ambiguous(shownPath: string, likeliest: readonly DetectedFormat[]) {
  const choices = likeliest.map(
    ({ format, reasons }) => `${format.id} (${format.title}: ${reasons[0] ?? 'its files look so'})`,
  );
  return appError(
    'format.unrecognised',
    `${shownPath} may be ${choices.join(' or ')}. Say which with --from or --format; nothing was guessed.`,
    { path: shownPath, choices: likeliest.map(({ format }) => format.id) },
  );
}

function unanswered(shownPath: string, format: DatasetFormat, questions: readonly DetectionQuestion[]) {
  const asked = questions.map(({ optionId, question }) => {
    const option = format.readOptions.find(({ id }) => id === optionId);
    // What stands for "nobody answers" is no answer.
    const answers = (option?.choices ?? []).filter(({ id }) => id !== 'auto');
    const choices = answers.map(({ id, title }) => `--read-option ${optionId}=${id} (${title})`);
    return `${question} Answer with ${choices.join(' or ')}.`;
  });
  return appError(
    'format.unrecognised',
    `${shownPath} is ${format.title}, but its files leave something open: ${asked.join(' ')}`,
    {
      path: shownPath,
      options: questions.map(({ optionId }) => optionId),
    },
  );
}

const IS_CONFIG = /(?:\.ya?ml|\.names|\.data|(?:^|[/\\])classes\.txt)$/i;
const IS_OTHER_ARCHIVE = /\.(?:tgz|gz|bz2|xz|7z|rar)$/i;

/** Files that people name where a dataset is meant, with what to name instead. */
function refuseOtherFile(shownPath: string) {
  const what = IS_OTHER_ARCHIVE.test(shownPath)
    ? 'is an archive that is not read here. Unpack it, and name the folder'
    : isPicturePath(shownPath)
      ? 'is a picture. Name the folder of its dataset, or the label file'
      : null;
  return what === null ? null : appError('format.unrecognised', `${shownPath} ${what}.`, { path: shownPath });
}

export function unknownFormat(name: string) {
  return appError('usage.bad-arguments', `There is no format "${name}". Formats: ${formatIds()}.`, {
    format: name,
  });
}
