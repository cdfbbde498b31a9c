import type { Shape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage } from '../format';
import { chosen, type FormatOption, NO_OPTIONS, type OptionValues } from '../format-options';
import { keyFromFileName } from '../parts/dataset-key';
import {
  attributesFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { joinedPath } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { annotationExtrasFrom, annotationFromRecord, scoreFrom } from '../parts/records/annotation-record';
import { frameFromRecord, sizeFrom } from '../parts/records/image-record';
import { labelNameFrom } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { reportUnseen } from '../parts/report-unseen';
import { type KnownImage, readImagesFile } from '../parts/sidecar/images-file';
import { splitFromName } from '../parts/split-name';
import { findSupervisely, placeOfEntry, type SuperviselyEntry } from './find-supervisely';
import { shapeOfObject } from './geometry';
import { OWN_KEY } from './own-key';
import { type ProjectMeta, readProjectMeta } from './project-meta';
import { attributesOfTags } from './tags';

/** Bitmaps of one picture fit. */
const MAX_ANNOTATION_BYTES = 64 * 1024 * 1024;

export const READ_EMPTY: FormatOption = {
  id: 'empty',
  title: 'Pictures without objects',
  description: 'Supervisely makes a file for every picture, whether somebody looked at it or not.',
  choices: [
    { id: 'unlabelled', title: 'Not labelled yet' },
    { id: 'confirmed-empty', title: 'Looked at: there is nothing' },
  ],
  defaultChoice: 'unlabelled',
};

export const READ_CORNERS: FormatOption = {
  id: 'corners',
  title: 'The far corner of a rectangle',
  description:
    'The labelling tool gives where a rectangle ends; projects that went through the Python SDK give its last pixel.',
  choices: [
    { id: 'end', title: 'Where it ends' },
    { id: 'last-pixel', title: 'Its last pixel' },
  ],
  defaultChoice: 'end',
};

/** Reads a project of images picture by picture; classes and kinds of tags come from meta.json. */
export async function* readSupervisely(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const { project, refusals } = await findSupervisely(folder);
  if (project === null) {
    const why = refusals.length > 0 ? ` ${refusals.join('; ')}.` : '';
    problems.error(
      'format-unrecognised',
      '',
      `No Supervisely project of images was found.${why} It is a meta.json with "classes" and "tags" beside datasets that hold "ann" and "img".`,
    );
  }
  const meta = project === null ? null : await readProjectMeta(folder, project.metaPath, problems);
  if (project === null || meta === null) {
    yield* problems.close('');
    return;
  }
  for (const label of meta.labels) yield { type: 'label', label };
  const known = await readImagesFile(folder, project.root, problems);
  yield* problems.drain();
  const keys = keysOf(project.entries, known);
  const seen = new Set<string>();
  for (const entry of ordered(project.entries, known)) {
    const reader = new EntryReader(folder, entry, keys.get(entry) ?? entry.name, meta, options, problems);
    if (seen.has(reader.key)) {
      problems.error(
        'supervisely-duplicate-image',
        entry.annotationPath ?? entry.name,
        `${reader.key} is there a second time; this one was left out. Give the pictures of the project names of their own.`,
      );
      continue;
    }
    seen.add(reader.key);
    const events = await reader.read(known?.get(placeOfEntry(entry)) ?? null);
    yield* problems.drain();
    yield* events;
  }
  yield* problems.close('');
}

function ordered(
  entries: readonly SuperviselyEntry[],
  known: ReadonlyMap<string, KnownImage> | null,
): readonly SuperviselyEntry[] {
  if (known === null) return entries;
  const order = new Map([...known.keys()].map((place, at) => [place, at]));
  const at = (entry: SuperviselyEntry) => order.get(placeOfEntry(entry)) ?? order.size;
  return [...entries].sort((a, b) => at(a) - at(b));
}

/**
 * Keys of images: their names, below their dataset where that is no split or where a name comes twice. Our own file of
 * images knows better.
 */
function keysOf(
  entries: readonly SuperviselyEntry[],
  known: ReadonlyMap<string, KnownImage> | null,
): ReadonlyMap<SuperviselyEntry, string> {
  const datasets = new Set(entries.map((entry) => entry.dataset));
  const counts = new Map<string, number>();
  for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    entries.map((entry) => {
      const { dataset, name } = entry;
      const isBare = (datasets.size === 1 || splitFromDataset(dataset) !== null) && counts.get(name) === 1;
      return [
        entry,
        known?.get(placeOfEntry(entry))?.key ?? (isBare ? name : joinedPath(dataset, name)),
      ] as const;
    }),
  );
}

/** Datasets are folders of people's own choice; only those that are called as a split is are one. */
function splitFromDataset(dataset: string) {
  return /^(?:train|training|val|valid|validation|test|testing)$/i.test(dataset)
    ? splitFromName(dataset)
    : null;
}

class EntryReader {
  readonly key: string;
  readonly #folder: DatasetFolder;
  readonly #entry: SuperviselyEntry;
  readonly #meta: ProjectMeta;
  readonly #options: OptionValues;
  readonly #problems: ProblemQueue;

  constructor(
    folder: DatasetFolder,
    entry: SuperviselyEntry,
    key: string,
    meta: ProjectMeta,
    options: OptionValues,
    problems: ProblemQueue,
  ) {
    this.#folder = folder;
    this.#entry = entry;
    this.key = keyFromFileName(key)?.key ?? entry.name;
    this.#meta = meta;
    this.#options = options;
    this.#problems = problems;
  }

  async read(known: KnownImage | null): Promise<readonly DatasetEvent[]> {
    const { annotationPath, picturePath, dataset } = this.#entry;
    const record = annotationPath === null ? null : await this.#record(annotationPath);
    const annotations = record === null ? [] : this.#annotations(record, annotationPath ?? '');
    const own = recordFrom(record?.[OWN_KEY]);
    const { width, height } = recordFrom(record?.size);
    const attributes = record === null ? {} : this.#imageAttributes(record, own, annotationPath ?? '');
    const frame = frameFromRecord(own.frame) ?? known?.frame ?? null;
    const size =
      sizeFrom(width, height) ??
      known?.size ??
      (picturePath === null ? null : await this.#folder.imageSize(picturePath));
    const isEmpty =
      record !== null &&
      (own.state === 'confirmedEmpty' || chosen(READ_EMPTY, this.#options) === 'confirmed-empty');
    const image: DatasetImage = {
      key: this.key,
      size,
      split: splitFromDataset(dataset),
      state:
        annotations.length > 0 || own.state === 'labelled'
          ? 'labelled'
          : isEmpty
            ? 'confirmedEmpty'
            : 'unlabelled',
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      ...(frame === null ? {} : { frame }),
    };
    return [
      { type: 'image', image },
      ...annotations.map((annotation) => ({ type: 'annotation' as const, annotation })),
    ];
  }

  async #record(path: string): Promise<JsonRecord | null> {
    const parsed = await parseJsonFile(this.#folder, path, MAX_ANNOTATION_BYTES);
    if (parsed.ok && isRecord(parsed.value)) return parsed.value;
    this.#problems.error(
      'supervisely-malformed',
      path,
      `${path} cannot be read: ${parsed.ok ? 'it is no JSON object' : parsed.reason}. Its picture counts as not labelled.`,
    );
    return null;
  }

  #imageAttributes(record: JsonRecord, own: JsonRecord, path: string) {
    const dropped = (name: string) => this.#reportDropped(path, name);
    if (own.attributes !== undefined) return attributesFrom(own.attributes, dropped);
    const { attributes } = attributesOfTags(record.tags, this.#meta.tagTypes, dropped, false);
    const description = textFrom(record.description);
    const hasOwn = description === null || description === '' || Object.hasOwn(attributes, 'description');
    return hasOwn ? attributes : { ...attributes, description };
  }

  #annotations(record: JsonRecord, path: string): readonly DatasetAnnotation[] {
    const annotations: DatasetAnnotation[] = [];
    const take = (
      made: DatasetAnnotation | { readonly code: string; readonly reason: string },
      what: string,
    ) => {
      if ('reason' in made)
        this.#problems.error(made.code, path, `${what} in ${path} ${made.reason}; it was left out.`);
      else annotations.push(made);
    };
    const tags = [...listFrom(recordFrom(record[OWN_KEY]).tags)];
    // They say before which object they were drawn.
    const takeTags = (isLast: boolean) => {
      while (tags.length > 0) {
        const at = numberFrom(recordFrom(tags[0]).at) ?? 0;
        if (at > annotations.length && !isLast) return;
        take(this.#tag(tags.shift(), path), 'A label of the picture');
      }
    };
    listFrom(record.objects).forEach((object, at) => {
      const fields = recordFrom(object);
      // A further point of the object before it.
      if (recordFrom(fields[OWN_KEY]).is_part === true) return;
      takeTags(false);
      take(this.#object(fields, path), `Object ${at}`);
    });
    takeTags(true);
    return annotations;
  }

  #tag(
    record: unknown,
    path: string,
  ): DatasetAnnotation | { readonly code: string; readonly reason: string } {
    const made = annotationFromRecord(record, this.key, (name) => this.#reportDropped(path, name));
    if ('reason' in made) return { code: 'supervisely-bad-object', reason: made.reason };
    const isKnown = this.#meta.labels.some((label) => label.classIndex === made.annotation.classIndex);
    return isKnown
      ? made.annotation
      : { code: 'supervisely-unknown-class', reason: 'has a class that meta.json does not list' };
  }

  #object(
    record: JsonRecord,
    path: string,
  ): DatasetAnnotation | { readonly code: string; readonly reason: string } {
    const title = labelNameFrom(record.classTitle);
    const label = title === null ? undefined : this.#meta.byTitle.get(title);
    if (label === undefined) {
      const reason =
        title === null ? 'has no "classTitle"' : `has the class ${title}, which meta.json does not list`;
      return { code: 'supervisely-unknown-class', reason };
    }
    const own = recordFrom(record[OWN_KEY]);
    const ownShape: Shape | null = own.shape === undefined ? null : shapeFromRecord(own.shape);
    const isInclusive = chosen(READ_CORNERS, this.#options) === 'last-pixel';
    const read =
      ownShape === null
        ? shapeOfObject(record, this.#meta.templates.get(label.name) ?? null, isInclusive)
        : { shape: ownShape };
    if ('reason' in read) return read;
    const dropped = (name: string) => this.#reportDropped(path, name);
    const tags = attributesOfTags(record.tags, this.#meta.tagTypes, dropped, true);
    const groupId = textFrom(record.instance, 1_000);
    const note = textFrom(record.description);
    return {
      imageKey: this.key,
      classIndex: label.classIndex,
      shape: read.shape,
      isCrowd: own.is_crowd === true,
      attributes: own.attributes === undefined ? tags.attributes : attributesFrom(own.attributes, dropped),
      score: own.attributes === undefined && own.score === undefined ? tags.score : scoreFrom(own.score),
      ...(groupId === null || groupId === '' || own.is_alone === true ? {} : { groupId }),
      ...(note === null || note === '' ? {} : { note }),
      ...annotationExtrasFrom(own),
    };
  }

  #reportDropped(path: string, name: string): void {
    this.#problems.warning(
      'attribute-dropped',
      path,
      `The tag or attribute "${name.slice(0, 100)}" in ${path} comes twice or has a value that is neither text, number nor yes/no; it was left out.`,
    );
  }
}
