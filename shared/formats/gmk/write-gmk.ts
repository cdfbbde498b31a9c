import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { derivedId } from '../../document/derived-id';
import { sha256OfText } from '../../document/hash';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import type { AnnotationId, ImageId, LabelId, ProjectId, Sha256, SourceId } from '../../schema/ids';
import type { ImageFormat, ImageRecord } from '../../schema/image';
import type { LabelSchema } from '../../schema/label-schema';
import { EMPTY_COUNTS, type ProjectCounts } from '../../schema/project';
import type { ProjectLine } from '../../schema/project-lines';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { openBuffered } from '../parts/buffered-file';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { type BundleManifest, LINES_ENTRY, MANIFEST_ENTRY } from './bundle-entries';
import { AttributesInUse, attributeIdOf, isFlag, isProjectName, schemaOfDataset } from './schema-of-dataset';

/** A dataset does not say when its labels were made, and the same dataset must give the same bytes. */
const UNKNOWN_TIME = '1970-01-01T00:00:00.000Z';
const AUTHOR = 'import';
const LONGEST_NOTE = 2000;
const LONGEST_VALUE = 10_000;

/**
 * A dataset as a project that the app opens: no history, every annotation as imported. Two passes: the first learns
 * which attributes are in use, since a project names them before it uses them.
 */
export async function writeGmk(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing the bundle'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const { labels, inUse, seed } = await surveyed(source);
  const schema = schemaOfDataset(seed, labels, inUse);
  const bundle = new BundleWriter(seed, schema, tally);
  for (const [at, label] of labels.entries()) {
    const name = schema.labels[at]?.name;
    if (name !== label.name)
      tally.add(
        'label-renamed',
        '',
        `The label "${label.name}" is called "${name}": names have at most 100 characters.`,
      );
  }
  const lines = await openBuffered(sink, LINES_ENTRY);
  const hash = sha256.create();
  let lineCount = 0;
  const write = async (line: ProjectLine) => {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(utf8ToBytes(text));
    lineCount += 1;
    await lines.write(text);
  };
  const { project } = bundle;
  await write({ kind: 'header', formatVersion: 1, projectId: project.id, projectName: project.name });
  const leftOutImages: string[] = [];
  let hasPictures = false;
  let missingPictures = 0;
  for await (const { image, annotations } of source.annotationsByImage()) {
    const bytes = await context?.pictureBytes?.(image.key);
    if (bytes?.ok === true) hasPictures = true;
    else missingPictures += 1;
    const line = bundle.imageLine(image, annotations, bytes?.ok === true ? bytes.value : null);
    if (line === null) leftOutImages.push(image.key);
    else await write(line);
  }
  await write({
    kind: 'end',
    project: {
      ...project,
      createdAt: UNKNOWN_TIME,
      openedAt: UNKNOWN_TIME,
      archivedAt: null,
      deletedAt: null,
      isSample: false,
      sources: [{ ...bundle.source, addedAt: UNKNOWN_TIME }],
      schema,
    },
    counts: bundle.counts,
    head: { seq: 0, hash: null },
  });
  await lines.close();
  const manifest: BundleManifest = {
    groundmarkBundle: 1,
    project,
    sources: [bundle.source],
    labelSchema: schema,
    images: bundle.counts.images,
    annotations: bundle.counts.annotations,
    lines: lineCount,
    sha256: bytesToHex(hash.digest()) as Sha256,
    hasPictures,
  };
  const file = await sink.open(MANIFEST_ENTRY);
  await file.write(`${JSON.stringify(manifest)}\n`);
  await file.close();
  return {
    images: bundle.counts.images,
    annotations: bundle.counts.annotations,
    ...tally.report(),
    leftOutImages,
    notes:
      missingPictures > 0
        ? [
            `${missingPictures} pictures were not at hand: the app asks for their folder and finds them there by name.`,
          ]
        : [],
  };
}

interface Survey {
  readonly labels: readonly DatasetLabel[];
  readonly inUse: AttributesInUse;
  /** Depends on the labels, the images' names and how many annotations they have: the root of all ids. */
  readonly seed: string;
}

async function surveyed(source: DatasetSource): Promise<Survey> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const inUse = new AttributesInUse();
  const hash = sha256.create();
  hash.update(utf8ToBytes(JSON.stringify(labels.map(({ classIndex, name }) => [classIndex, name]))));
  for await (const { image, annotations } of source.annotationsByImage()) {
    hash.update(utf8ToBytes(`${annotations.length} ${image.key}\n`));
    for (const { classIndex, attributes } of annotations) inUse.add(classIndex, attributes);
  }
  return { labels, inUse, seed: bytesToHex(hash.digest()) };
}

class BundleWriter {
  readonly project: BundleManifest['project'];
  readonly source: BundleManifest['sources'][number];
  readonly #seed: string;
  readonly #tally: LossTally;
  readonly #labelIds: ReadonlyMap<number, LabelId>;
  readonly #counts = { ...EMPTY_COUNTS, byLabel: {} as Record<LabelId, number> };

  constructor(seed: string, schema: LabelSchema, tally: LossTally) {
    this.#seed = seed;
    this.#tally = tally;
    this.#labelIds = new Map(schema.labels.map(({ classIndex, id }) => [classIndex, id]));
    this.project = { id: derivedId(seed, 'project') as ProjectId, name: 'Converted dataset' };
    this.source = { id: derivedId(seed, 'source') as SourceId, displayName: 'images' };
  }

  get counts(): ProjectCounts {
    return this.#counts;
  }

  /** Null when the image cannot be in a project, which is counted. */
  imageLine(
    image: DatasetImage,
    annotations: readonly DatasetAnnotation[],
    bytes: Uint8Array | null,
  ): Extract<ProjectLine, { kind: 'image' }> | null {
    const { key, size, state } = image;
    if (size === null) {
      this.#tally.add(
        'image-size-unknown',
        key,
        `The size of ${key} is not known; the image and its ${annotations.length} annotations were left out. Say where the pictures are.`,
      );
      return null;
    }
    if (image.split !== null)
      this.#tally.add(
        'split-dropped',
        key,
        `The split of ${key} (${image.split}) was left out: a project has none.`,
      );
    for (const name of Object.keys(image.attributes ?? {}))
      this.#tally.add(
        'image-attribute-dropped',
        key,
        `"${name}" of ${key} was left out: a project has no place for it.`,
      );
    if (image.frame !== undefined)
      this.#tally.add(
        'frame-dropped',
        key,
        `The frame number of ${key} was left out: a project has no place for it yet.`,
      );
    const id = derivedId(this.#seed, 'image', key) as ImageId;
    const kept = annotations.flatMap((annotation, at) => this.#annotation(annotation, id, at) ?? []);
    const record: ImageRecord = {
      key: key as ImageRecord['key'],
      contentHash:
        bytes === null ? sha256OfText(`${this.#seed}\n${key}`) : (bytesToHex(sha256(bytes)) as Sha256),
      byteSize: Math.max(1, bytes?.length ?? 1),
      modifiedAt: UNKNOWN_TIME,
      format: formatOf(key),
      width: Math.max(1, Math.round(size.width)),
      height: Math.max(1, Math.round(size.height)),
      exifOrientation: 1,
      capturedAt: null,
      id,
      projectId: this.project.id,
      sourceId: this.source.id,
      searchName: key.slice(key.lastIndexOf('/') + 1).toLowerCase(),
      ordinal: this.#counts.images,
      state,
      labelIds: [...new Set(kept.map((annotation) => annotation.labelId))],
      annotationCount: kept.length,
      hasFinding: 0,
      isMissing: 0,
      duplicateOfId: null,
    };
    this.#counts.images += 1;
    this.#counts[state] += 1;
    this.#counts.annotations += kept.length;
    for (const { labelId } of kept) this.#counts.byLabel[labelId] = (this.#counts.byLabel[labelId] ?? 0) + 1;
    const isTouched = kept.length > 0 || state !== 'unlabelled';
    return {
      kind: 'image',
      image: record,
      revision: isTouched ? 1 : 0,
      set: isTouched ? { annotations: kept, status: { state, decidedBy: null, decidedAt: null } } : null,
    };
  }

  #annotation(annotation: DatasetAnnotation, imageId: ImageId, at: number): Annotation | null {
    const { imageKey, classIndex, shape, isCrowd, score, groupId, trackId, isKeyframe, isOutside } =
      annotation;
    const labelId = this.#labelIds.get(classIndex);
    if (labelId === undefined) {
      this.#tally.add(
        'unknown-class',
        imageKey,
        `An annotation in ${imageKey} has class ${classIndex}, which the label list does not name; it was left out.`,
      );
      return null;
    }
    const note = this.#note(annotation);
    return {
      id: derivedId(imageId, 'annotation', String(at)) as AnnotationId,
      labelId,
      shape,
      attributes: this.#attributes(annotation),
      isLocked: false,
      isHidden: false,
      isOccluded: annotation.attributes.occluded === true,
      isTruncated: annotation.attributes.truncated === true,
      isCrowd,
      origin: 'import',
      createdBy: AUTHOR,
      createdAt: UNKNOWN_TIME,
      updatedAt: UNKNOWN_TIME,
      revision: 0,
      ...(note === null ? {} : { note }),
      ...(groupId === undefined ? {} : { groupId: derivedId(imageId, 'group', groupId) }),
      ...(score === null ? {} : { score }),
      ...(trackId === undefined ? {} : { trackId: derivedId(this.#seed, 'track', trackId) }),
      ...(isKeyframe === undefined ? {} : { isKeyframe }),
      ...(isOutside === undefined ? {} : { isOutside }),
    };
  }

  #attributes({ attributes, classIndex, imageKey }: DatasetAnnotation): Annotation['attributes'] {
    const kept: [string, string | number | boolean][] = [];
    for (const [name, value] of Object.entries(attributes)) {
      if (isFlag(name, value)) continue;
      if (!isProjectName(name) || (typeof value === 'string' && value.length > LONGEST_VALUE)) {
        this.#tally.add(
          'attribute-dropped',
          imageKey,
          `The attribute "${name.slice(0, 100)}" in ${imageKey} was left out: its name or value is longer than a project holds, or begins or ends with a blank.`,
        );
      } else kept.push([attributeIdOf(this.#seed, classIndex, name), value]);
    }
    return Object.fromEntries(kept) as Annotation['attributes'];
  }

  #note({ note, imageKey }: DatasetAnnotation): string | null {
    if (note === undefined || note === '') return null;
    if (note.length > LONGEST_NOTE)
      this.#tally.add(
        'note-cut',
        imageKey,
        `A note in ${imageKey} was cut after ${LONGEST_NOTE} characters.`,
      );
    return note.slice(0, LONGEST_NOTE);
  }
}

const FORMAT_BY_EXTENSION: ReadonlyMap<string, ImageFormat> = new Map([
  ['png', 'png'],
  ['webp', 'webp'],
  ['bmp', 'bmp'],
  ['gif', 'gif'],
  ['tif', 'tiff'],
  ['tiff', 'tiff'],
  ['avif', 'avif'],
]);

function formatOf(key: string): ImageFormat {
  return FORMAT_BY_EXTENSION.get(key.slice(key.lastIndexOf('.') + 1).toLowerCase()) ?? 'jpeg';
}
