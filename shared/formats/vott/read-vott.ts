import { Color } from '../../schema/label-schema';
import type { DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { ClassNames } from '../parts/class-names';
import { keyFromFileName } from '../parts/dataset-key';
import { isRecord, type JsonRecord, listFrom, numberFrom, recordFrom } from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { streamElements } from '../parts/json/stream-elements';
import { decoded, folderOf, isPicturePath, joinedPath, nameOf } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { findVottFiles, type VottFile } from './find-vott-files';
import { annotationsOfAsset, imageOfAsset } from './parse-vott-asset';

const TAGS: ReadonlySet<string> = new Set(['tags']);
const ASSETS: ReadonlySet<string> = new Set(['assets', 'videoSettings']);
const NOTHING: ReadonlySet<string> = new Set();

/** One picture's regions; a polygon of 60,000 points takes about 3 MB. */
const MAX_ASSET_BYTES = 64 * 1024 * 1024;

/** Reads exports in a stream, twice; a project by its asset files. Memory follows the number of pictures. */
export async function* readVott(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  const { files, nearMisses } = await findVottFiles(folder);
  await reportUnseen(folder, problems);
  if (files.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No file of VoTT 2 was found. It is a "…-export.json" with "tags" and "assets", or a .vott project with its asset files.',
    );
  }
  for (const { path, reason } of nearMisses) {
    problems.warning('vott-file-set-aside', path, `${path} was not read: ${reason}.`);
  }
  const classes = new ClassNames();
  const frameRates = new Map<string, number>();
  // Tags of every file come before names that regions bring along.
  for (const file of files) {
    if (file.kind !== 'asset') await scanTags(folder, file, classes, frameRates, problems);
  }
  for (const file of files) {
    for await (const { regions } of assetsOf(folder, file, problems)) {
      for (const region of listFrom(regions)) {
        for (const tag of listFrom(recordFrom(region).tags)) classes.find(tag);
      }
    }
  }
  for (const label of classes.labels()) yield { type: 'label', label };
  yield* problems.drain();

  const reading: Reading = {
    folder,
    classes,
    problems,
    frameRates,
    isPicture: new Set((await folder.list()).map(({ path }) => path).filter(isPicturePath)),
    given: new Map(),
  };
  // Regions first: what a project says of the same picture is only that it is there.
  const ordered = [...files].sort((a, b) => Number(a.kind === 'project') - Number(b.kind === 'project'));
  for (const file of ordered) {
    for await (const entry of assetsOf(folder, file, new ProblemQueue())) {
      yield* eventsOfAsset(entry, file, reading);
      yield* problems.drain();
    }
  }
  yield* problems.close('');
}

interface AssetEntry {
  readonly asset: JsonRecord;
  readonly regions: unknown;
}

/** The assets of a file; those of a project have no regions of their own. */
async function* assetsOf(
  folder: DatasetFolder,
  { path, kind }: VottFile,
  problems: ProblemQueue,
): AsyncGenerator<AssetEntry> {
  if (kind === 'asset') {
    const parsed = await parseJsonFile(folder, path, MAX_ASSET_BYTES);
    if (!parsed.ok) {
      problems.error(
        parsed.code,
        path,
        `${path} could not be read: ${parsed.reason}. Save it again from VoTT.`,
      );
    } else if (isRecord(parsed.value) && isRecord(parsed.value.asset)) {
      yield { asset: parsed.value.asset, regions: parsed.value.regions };
    }
    return;
  }
  for await (const { name, elements, keys } of streamElements(folder, path, NOTHING, ASSETS)) {
    if (name !== 'assets') continue;
    for (const [at, element] of elements.entries()) {
      if (isRecord(element) && isRecord(element.asset))
        yield { asset: element.asset, regions: element.regions };
      else if (isRecord(element)) yield { asset: element, regions: undefined };
      else {
        const id = JSON.stringify((keys?.[at] ?? '').slice(0, 100));
        problems.error(
          'vott-bad-asset',
          path,
          `The asset ${id} of ${path} is not an object; it was left out.`,
        );
      }
    }
  }
}

async function scanTags(
  folder: DatasetFolder,
  { path }: VottFile,
  classes: ClassNames,
  frameRates: Map<string, number>,
  problems: ProblemQueue,
): Promise<void> {
  const stream = streamElements(folder, path, TAGS, ASSETS);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const { name, elements, keys } = next.value;
    for (const [at, element] of elements.entries()) {
      if (name === 'tags') declareTag(element, path, classes, problems);
      else if (name === 'videoSettings' && keys?.[at] === 'frameExtractionRate') {
        const rate = numberFrom(element);
        if (rate !== null && rate > 0) frameRates.set(folderOf(path), rate);
      }
    }
  }
  if (next.value.fault !== null) {
    problems.error(
      'vott-malformed',
      path,
      `${path} is not a whole file of VoTT: ${next.value.fault}. What came before was read; export it again to get the rest.`,
    );
  }
}

function declareTag(tag: unknown, path: string, classes: ClassNames, problems: ProblemQueue): void {
  const { name, color } = recordFrom(tag);
  const parsed = Color.safeParse(typeof color === 'string' ? color.toLowerCase() : null);
  if (!classes.declare(name, parsed.success ? { color: parsed.data } : {})) {
    problems.warning('vott-bad-tag', path, `A tag in ${path} has no usable name; it was left out.`);
  }
}

interface Reading {
  readonly folder: DatasetFolder;
  readonly classes: ClassNames;
  readonly problems: ProblemQueue;
  /** Frames a second that a project takes from videos, by the folder it lies in. */
  readonly frameRates: ReadonlyMap<string, number>;
  readonly isPicture: ReadonlySet<string>;
  /** The file that gave an image, by its key. */
  readonly given: Map<string, VottFile>;
}

async function* eventsOfAsset(
  { asset, regions }: AssetEntry,
  file: VottFile,
  reading: Reading,
): AsyncGenerator<DatasetEvent> {
  const { folder, classes, problems, given, isPicture, frameRates } = reading;
  const { path, kind, split } = file;
  const key = keyOfAsset(asset, path, isPicture);
  if (key === null) {
    problems.error(
      'vott-bad-asset',
      path,
      `An asset of ${path} has no "path" or "name" that is one inside a folder; it was left out with its regions.`,
    );
    return;
  }
  const other = given.get(key);
  if (other !== undefined) {
    if (kind !== 'project') {
      problems.error(
        'vott-duplicate-image',
        path,
        `${key} stands in ${other.path} and again in ${path}; the second was left out with its regions.`,
      );
    }
    return;
  }
  given.set(key, file);
  const annotations = annotationsOfAsset(regions, key, (tag) => classes.indexOf(tag), { path, problems });
  const isLabelled = listFrom(regions).length > 0;
  const image: DatasetImage = imageOfAsset(
    asset,
    key,
    isLabelled,
    split,
    frameRates.get(folderOf(path)) ?? null,
  );
  // A project marks a picture as tagged whose regions are in a file that is not here: that is not an empty picture.
  const isUnknown = kind === 'project' && image.state === 'confirmedEmpty';
  if (isUnknown) {
    problems.warning(
      'vott-asset-file-missing',
      path,
      `${path} lists ${key}, but its "-asset.json" is not in the folder; it was read as not labelled.`,
    );
  }
  const size = image.size ?? (await folder.imageSize(key));
  yield { type: 'image', image: { ...image, size, ...(isUnknown ? { state: 'unlabelled' as const } : {}) } };
  yield* problems.drain();
  for (const annotation of annotations) yield { type: 'annotation', annotation };
}

/**
 * The picture of an asset: where "path" says when that is in the dataset; else of that "name" beside the file, which is
 * where VoTT's export puts it. Paths are addresses such as `file:C:/pictures/a%20b.jpg` where they come from VoTT.
 */
function keyOfAsset(asset: JsonRecord, file: string, isPicture: ReadonlySet<string>): string | null {
  const given = typeof asset.path === 'string' ? asset.path : '';
  const isAddress = /^file:/i.test(given);
  const named = keyFromFileName(isAddress ? decoded(given.slice('file:'.length)) : given);
  const folder = folderOf(file);
  const name = typeof asset.name === 'string' ? nameOf(asset.name.replaceAll('\\', '/')) : '';
  const beside = name === '' ? null : (keyFromFileName(joinedPath(folder, name))?.key ?? null);
  if (named !== null && !named.isForeign && !isAddress) {
    const key = joinedPath(folder, named.key);
    return isPicture.has(named.key) && !isPicture.has(key) ? named.key : key;
  }
  return beside ?? named?.key ?? null;
}
