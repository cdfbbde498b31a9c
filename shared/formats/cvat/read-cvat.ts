import type { Size } from '../../geometry/rect';
import type { Split } from '../../schema/dataset-version';
import type { Shape } from '../../schema/shapes';
import { MAX_RINGS } from '../../schema/shapes/polygon';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { chosen, NO_OPTIONS, type OptionValues } from '../format-options';
import { type CvatLabels, joinedLabels } from '../parts/cvat/cvat-labels';
import { sizeFrom } from '../parts/cvat/cvat-meta';
import { EMPTY_IMAGES } from '../parts/cvat/cvat-options';
import { findCvatFiles, isCvatShell } from '../parts/cvat/find-cvat-files';
import { parseCvatAnnotation } from '../parts/cvat/parse-cvat-annotation';
import { CVAT_SHAPES } from '../parts/cvat/parse-cvat-shape';
import { DroppedValues, reportBadCharacter, reportFault, reportUndeclared } from '../parts/cvat/report-cvat';
import { keyFromFileName } from '../parts/dataset-key';
import { createPictureIndex, folderOf, joinedPath, nameOf, type PictureIndex } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { splitFromName } from '../parts/split-name';
import { streamXml } from '../parts/xml/stream-xml';
import { decimalOf, ownCopy, type XmlElement } from '../parts/xml/xml-element';
import type { XmlItem } from '../parts/xml/xml-parser';
import { type CvatSurvey, surveyCvat } from './survey-cvat';

/** One picture's annotations are held to be put in drawing order. */
const MAX_HELD_ANNOTATIONS = 1_000_000;

/** Reads each file twice: once for labels and names, once for pictures and what is in them. */
export async function* readCvat(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  for await (const events of eventBatches(folder, options)) for (const event of events) yield event;
}

async function* eventBatches(
  folder: DatasetFolder,
  options: OptionValues,
): AsyncGenerator<readonly DatasetEvent[]> {
  const problems = new ProblemQueue();
  const { paths, others } = await findCvatFiles(folder, 'images');
  await reportUnseen(folder, problems);
  if (paths.length === 0) {
    problems.error(
      'format-unrecognised',
      '',
      'No file of CVAT for images was found. It is an .xml file with <annotations> and <image>.',
    );
  }
  for (const path of others) {
    problems.warning(
      'cvat-file-set-aside',
      path,
      `${path} was not read: it holds tracks, which is CVAT for video.`,
    );
  }
  const survey = await surveyCvat(folder, paths);
  const labels = joinedLabels(survey.declared, survey.usedLabels);
  yield labels.labels.map((label) => ({ type: 'label', label }));
  reportUndeclared(problems, paths[0] ?? '', labels.undeclared);
  const picturePaths = (await folder.list()).map(({ path }) => path);
  const reading = new Reading(folder, survey, labels, problems, new Set(picturePaths), options);
  for (const path of paths) yield* reading.file(path);
  yield problems.close('');
}

/** The picture whose elements are coming in. */
interface OpenImage {
  readonly image: Omit<DatasetImage, 'state'>;
  readonly isConfirmedEmpty: boolean;
  readonly held: { readonly annotation: DatasetAnnotation; readonly zOrder: number }[];
  hasFaults: boolean;
  isOrdered: boolean;
}

class Reading {
  readonly #folder: DatasetFolder;
  readonly #survey: CvatSurvey;
  readonly #labels: CvatLabels;
  readonly #problems: ProblemQueue;
  readonly #files: ReadonlySet<string>;
  readonly #isEmptyConfirmed: boolean;
  readonly #keys = new Set<string>();
  #pictures: PictureIndex | null = null;
  #open: OpenImage | null = null;

  constructor(
    folder: DatasetFolder,
    survey: CvatSurvey,
    labels: CvatLabels,
    problems: ProblemQueue,
    files: ReadonlySet<string>,
    options: OptionValues,
  ) {
    this.#folder = folder;
    this.#survey = survey;
    this.#labels = labels;
    this.#problems = problems;
    this.#files = files;
    this.#isEmptyConfirmed = chosen(EMPTY_IMAGES, options) === 'confirmed-empty';
  }

  async *file(path: string): AsyncGenerator<readonly DatasetEvent[]> {
    const dropped = new DroppedValues();
    let hasBadCharacter = false;
    try {
      for await (const batch of streamXml(this.#folder, path, isCvatShell)) {
        const events: DatasetEvent[] = [];
        for (const item of batch.items) await this.#take(item, path, dropped, events);
        if (batch.hasBadCharacter && !hasBadCharacter) {
          hasBadCharacter = true;
          reportBadCharacter(this.#problems, path);
        }
        if (batch.fault !== null) reportFault(this.#problems, path, batch.fault);
        yield events;
      }
    } catch {
      this.#problems.error(
        'cvat-unreadable',
        path,
        `${path} cannot be read to its end; what came before is kept.`,
      );
    }
    const rest: DatasetEvent[] = [];
    this.#close(rest);
    dropped.report(this.#problems, path);
    yield [...rest, ...this.#problems.drain()];
  }

  async #take(item: XmlItem, path: string, dropped: DroppedValues, events: DatasetEvent[]): Promise<void> {
    if (item.type === 'open') {
      if (item.name === 'image') {
        this.#close(events);
        this.#open = await this.#opened(item, path);
      }
    } else if (item.type === 'close') {
      if (item.name === 'image') this.#close(events);
    } else if (this.#open !== null && CVAT_SHAPES.has(item.element.name)) {
      this.#annotation(this.#open, item.element, path, dropped);
    }
  }

  #close(events: DatasetEvent[]): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const { held, image } = open;
    // Stable, so that what lies in one layer stays in the order of the file.
    if (!open.isOrdered) held.sort((a, b) => a.zOrder - b.zOrder);
    const isEmpty = held.length === 0 && !open.hasFaults;
    const isConfirmed = open.isConfirmedEmpty || this.#isEmptyConfirmed;
    const state = !isEmpty ? 'labelled' : isConfirmed ? 'confirmedEmpty' : 'unlabelled';
    if (!this.#problems.isEmpty) events.push(...this.#problems.drain());
    events.push({ type: 'image', image: { ...image, state } });
    for (const { annotation } of held) events.push({ type: 'annotation', annotation });
  }

  async #opened(item: Extract<XmlItem, { type: 'open' }>, path: string): Promise<OpenImage | null> {
    const { attributes, line } = item;
    const given = attributes.get('name') ?? '';
    const subset = attributes.get('subset') ?? this.#survey.taskByPath.get(path)?.subset ?? '';
    const key = this.#keyOf(given, subset, path);
    if (key === null) {
      this.#problems.error(
        'cvat-bad-name',
        path,
        `${path}, line ${line}: the picture's name ${JSON.stringify(given.slice(0, 200))} is no path inside the dataset; it was left out.`,
        line,
      );
      return null;
    }
    if (this.#keys.has(key)) {
      this.#problems.error(
        'cvat-duplicate-image',
        path,
        `${path}, line ${line}: ${key} was listed before; this entry and its shapes were left out. List each picture once.`,
        line,
      );
      return null;
    }
    this.#keys.add(key);
    const width = decimalOf(attributes.get('width') ?? '');
    const height = decimalOf(attributes.get('height') ?? '');
    const size = sizeFrom(width, height) ?? (await this.#pictureSize(key, path));
    return {
      image: { key, size, split: splitOf(subset, path) },
      isConfirmedEmpty: attributes.get('empty') === 'confirmed',
      held: [],
      hasFaults: false,
      isOrdered: true,
    };
  }

  /** The name, below its subset where CVAT put the picture there or where other subsets have the same name. */
  #keyOf(given: string, subset: string, path: string): string | null {
    const named = keyFromFileName(given);
    if (named === null) return null;
    const key = ownCopy(named.key);
    if (subset === '') return this.#survey.sharedNames.has(given) ? this.#apart(key, path) : key;
    const below = keyFromFileName(`${subset}/${key}`)?.key ?? key;
    const images = joinedPath(folderOf(path), 'images');
    const isBelow = this.#files.has(joinedPath(images, below)) && !this.#files.has(joinedPath(images, key));
    return isBelow || this.#survey.sharedNames.has(given) ? ownCopy(below) : key;
  }

  /** One name in several files: the first keeps it, the others are called by their file. */
  #apart(key: string, path: string): string {
    if (!this.#keys.has(key)) return key;
    const stem = nameOf(path).replace(/\.xml$/i, '');
    return keyFromFileName(joinedPath(folderOf(path), `${stem}/${key}`))?.key ?? key;
  }

  async #pictureSize(key: string, path: string): Promise<Size | null> {
    const beside = joinedPath(folderOf(path), `images/${key}`);
    if (this.#files.has(beside)) return this.#folder.imageSize(beside);
    this.#pictures ??= createPictureIndex(this.#files);
    const found = this.#pictures.find(key);
    return this.#folder.imageSize(found ?? beside);
  }

  #annotation(open: OpenImage, element: XmlElement, path: string, dropped: DroppedValues): void {
    const name = element.attributes.get('label') ?? '';
    const label = this.#labels.byName.get(name);
    const parsed =
      label === undefined
        ? { reason: 'has no label' }
        : open.held.length >= MAX_HELD_ANNOTATIONS
          ? { reason: `is one of more than ${MAX_HELD_ANNOTATIONS} in one picture` }
          : parseCvatAnnotation(element, label, dropped.add);
    if ('reason' in parsed || label === undefined) {
      open.hasFaults = true;
      this.#problems.error(
        label === undefined ? 'cvat-no-label' : 'cvat-bad-shape',
        path,
        `${path}, line ${element.line}: a ${element.name}${name === '' ? '' : ` of ${name.slice(0, 50)}`} in ${open.image.key} ${'reason' in parsed ? parsed.reason : ''}; it was left out.`,
        element.line,
      );
      return;
    }
    const { shape, attributes, score, groupId, zOrder } = parsed;
    const last = open.held.at(-1);
    if (element.attributes.has('part') && last?.annotation.classIndex === label.classIndex) {
      const whole = joinedPolygon(last.annotation.shape, shape);
      if (whole !== null) {
        open.held[open.held.length - 1] = { ...last, annotation: { ...last.annotation, shape: whole } };
        return;
      }
    }
    if (last !== undefined && last.zOrder > zOrder) open.isOrdered = false;
    open.held.push({
      zOrder,
      annotation: {
        imageKey: open.image.key,
        classIndex: label.classIndex,
        shape,
        isCrowd: false,
        attributes,
        score,
        ...(groupId === null ? {} : { groupId }),
      },
    });
  }
}

/** Parts of one polygon follow one another in files of ours; see `cvatElements`. */
function joinedPolygon(before: Shape, next: Shape): Shape | null {
  if (before.type !== 'polygon' || next.type !== 'polygon' || before.parts.length >= MAX_RINGS) return null;
  return { type: 'polygon', parts: [...before.parts, ...next.parts] };
}

/** Datumaro names its files after subsets; CVAT says the subset. */
function splitOf(subset: string, path: string): Split | null {
  return subset === '' ? splitFromName(nameOf(path)) : splitFromName(subset);
}
