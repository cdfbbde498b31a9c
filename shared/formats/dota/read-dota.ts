import type { Attributes, DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { ClassNames } from '../parts/class-names';
import { parseDataYaml } from '../parts/parse-data-yaml';
import { folderOf, joinedPath, nameOf, PROBED_EXTENSIONS, withoutExtension } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { readLabelsFile } from '../parts/sidecar/labels-file';
import { type DotaDataset, type DotaEntry, findDotaDataset } from './find-dota-dataset';
import { headerFrom, parseDotaLine } from './parse-dota-line';

/** A million objects in one picture; beyond this a file is no label file. */
const MAX_LABEL_FILE_BYTES = 64 * 1024 * 1024;
const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** Reads one label file at a time, each twice: names come before pictures. Memory follows the number of images. */
export async function* readDota(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder)) for (const event of events) yield event;
}

interface Classes {
  readonly labels: readonly DatasetLabel[];
  readonly indexOf: (name: string) => number | null;
}

async function* eventBatches(folder: DatasetFolder): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const dataset = await findDotaDataset(folder);
  if (dataset === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No DOTA label files were found. They are .txt files in a folder "labelTxt".',
    );
    yield problems.close('');
    return;
  }
  const classes = await classesOf(folder, dataset, problems);
  yield [...classes.labels.map((label): DatasetEvent => ({ type: 'label', label })), ...problems.drain()];
  const knownOf = knownImages(await readImagesFile(folder, dataset.root, problems), dataset.root);
  const given = new Set<string>();
  for (const entry of dataset.entries) {
    const known = knownOf(entry);
    const { key, size } = known?.size == null ? await located(folder, entry, known) : known;
    if (given.has(key)) {
      problems.error(
        'duplicate-image',
        entry.labelPath ?? key,
        `${key} is there twice; ${entry.labelPath ?? entry.picturePath} was left out. Rename one of the two.`,
      );
      continue;
    }
    given.add(key);
    yield await eventsOf(folder, entry, { key, size, known }, classes, problems);
  }
  yield problems.close(dataset.root);
}

/** What our own writer said of a picture; its label file does not say which extension it had. */
function knownImages(
  images: ReadonlyMap<string, KnownImage> | null,
  root: string,
): (entry: DotaEntry) => KnownImage | null {
  const byStem = new Map<string, KnownImage>();
  for (const [picture, image] of images ?? []) {
    byStem.set(joinedPath(root, withoutExtension(picture)), image);
  }
  return ({ stem, labelPath }) => (labelPath === null ? null : (byStem.get(stem) ?? null));
}

/** The picture's key, its path without the folder `images`, and its size. */
async function located(folder: DatasetFolder, entry: DotaEntry, known: KnownImage | null) {
  const { picturePath, stem } = entry;
  if (picturePath !== null) {
    return { key: known?.key ?? keyOf(picturePath), size: await folder.imageSize(picturePath) };
  }
  // DOTA's own pictures are PNG; another folder of pictures may hold them under the same path.
  for (const extension of ['png', ...PROBED_EXTENSIONS.filter((other) => other !== 'png')]) {
    const path = `${stem}.${extension}`;
    const size = await folder.imageSize(path);
    if (size !== null) return { key: known?.key ?? keyOf(path), size };
  }
  return { key: known?.key ?? keyOf(`${stem}.png`), size: null };
}

function keyOf(picturePath: string): string {
  const parts = picturePath.split('/');
  const at = parts.indexOf('images');
  if (at >= 0 && at < parts.length - 1) parts.splice(at, 1);
  return parts.join('/');
}

/** Classes of our own list, of a data.yaml or a classes.txt, then those that only labels name. */
async function classesOf(
  folder: DatasetFolder,
  dataset: DotaDataset,
  problems: ProblemQueue,
): Promise<Classes> {
  const known = await readLabelsFile(folder, dataset.root, problems);
  const names = new ClassNames();
  if (known === null) for (const name of await declaredNames(folder)) names.declare(name);
  for (const path of dataset.labelPaths) {
    const text = await folder.readText(path, MAX_LABEL_FILE_BYTES);
    if (!text.ok) continue;
    for (const line of linesOf(text.value)) {
      const parsed = line === '' || headerFrom(line) !== null ? null : parseDotaLine(line);
      if (parsed !== null && 'className' in parsed && known?.byWrittenName.has(parsed.className) !== true)
        names.find(parsed.className);
    }
  }
  if (known === null) return { labels: names.labels(), indexOf: (name) => names.indexOf(name) };
  const next = Math.max(-1, ...known.labels.map(({ classIndex }) => classIndex)) + 1;
  const others = names.labels().map((label) => ({ ...label, classIndex: next + label.classIndex }));
  return {
    labels: [...known.labels, ...others],
    indexOf(name) {
      const index = names.indexOf(name);
      return known.byWrittenName.get(name)?.classIndex ?? (index === null ? null : next + index);
    },
  };
}

/** Roboflow puts a data.yaml beside its splits, X-AnyLabeling wants a classes.txt. */
async function declaredNames(folder: DatasetFolder): Promise<readonly string[]> {
  const paths = (await folder.list()).map(({ path }) => path);
  const yaml = paths.find((path) => /^data\.ya?ml$/i.test(nameOf(path)));
  if (yaml !== undefined) {
    const text = await folder.readText(yaml, MAX_LIST_BYTES);
    const parsed = text.ok ? parseDataYaml(text.value) : null;
    if (parsed?.ok === true && parsed.value.names !== null) {
      return [...parsed.value.names].sort(([a], [b]) => a - b).map(([, name]) => name);
    }
  }
  const list = paths.find(
    (path) => nameOf(path).toLowerCase() === 'classes.txt' && !/\//.test(folderOf(path)),
  );
  const text = list === undefined ? null : await folder.readText(list, MAX_LIST_BYTES);
  return text?.ok === true ? linesOf(text.value).filter((line) => line !== '') : [];
}

async function eventsOf(
  folder: DatasetFolder,
  { labelPath, split }: DotaEntry,
  { key, size, known }: Pick<DatasetImage, 'key' | 'size'> & { readonly known: KnownImage | null },
  classes: Classes,
  problems: ProblemQueue,
): Promise<readonly DatasetEvent[]> {
  let lines: readonly string[] = [];
  if (labelPath !== null) {
    const text = await folder.readText(labelPath, MAX_LABEL_FILE_BYTES);
    if (text.ok) lines = linesOf(text.value);
    else problems.error('dota-unreadable', labelPath, text.error.message);
  }
  const attributes: Record<string, string | number> = {};
  const annotations: DatasetEvent[] = [];
  let isEmpty = true;
  lines.forEach((line, index) => {
    if (line === '') return;
    const header = headerFrom(line);
    if (header !== null) {
      if (header.value !== null) attributes[header.name] = header.value;
      return;
    }
    isEmpty = false;
    const parsed = parseDotaLine(line);
    const classIndex = 'className' in parsed ? classes.indexOf(parsed.className) : null;
    if (!('className' in parsed) || classIndex === null) {
      const { code, reason } =
        'reason' in parsed
          ? parsed
          : { code: 'dota-bad-line', reason: 'has a class beyond all that are held' };
      problems.error(
        code,
        labelPath ?? '',
        `${labelPath}, line ${index + 1} ${reason}; the line was left out.`,
        index + 1,
      );
      return;
    }
    annotations.push({
      type: 'annotation',
      annotation: {
        imageKey: key,
        classIndex,
        shape: parsed.shape,
        isCrowd: false,
        attributes: parsed.isDifficult ? DIFFICULT : NO_ATTRIBUTES,
        score: null,
      },
    });
  });
  const image: DatasetImage = {
    key,
    size,
    split,
    state: labelPath === null ? 'unlabelled' : isEmpty ? 'confirmedEmpty' : 'labelled',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(known?.frame == null ? {} : { frame: known.frame }),
  };
  return [...problems.drain(), { type: 'image', image }, ...annotations];
}

const NO_ATTRIBUTES: Attributes = {};
const DIFFICULT: Attributes = { difficult: true };

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
}
