import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { adoptAnnotations, type IncomingAnnotation } from '../../shared/datasets/adopt-annotations';
import { adoptLabels } from '../../shared/datasets/adopt-labels';
import { derivedId } from '../../shared/document/derived-id';
import { detectFormats, LEAST_CONFIDENCE } from '../../shared/formats/detect-formats';
import type { DatasetFolder, DatasetFormat } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { formatById } from '../../shared/formats/index';
import { addImportedAttributes } from '../../shared/imports/imported-attributes';
import type { ImportedClass } from '../../shared/imports/map-classes';
import { matchImageKeys } from '../../shared/imports/match-image-keys';
import type { ImportBatch, PublishRequest, PublishRow } from '../../shared/ipc/channels/datasets';
import { appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { SplitRule, VersionManifest } from '../../shared/schema/dataset-version';
import type { ImageId, JobId, ProjectId, Sha256, SourceId } from '../../shared/schema/ids';
import type { FileProblem, ImageRecord, ScannedImage } from '../../shared/schema/image';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { scanSource } from '../media/scan/scan-source';
import { openDatabase } from './duckdb';
import type { Lake } from './lake';
import { readPreviousAnnotations } from './previous-annotations';
import type { PublishOutcome } from './publish';
import { readLabels } from './read-labels';

export interface PublishFolderOptions {
  readonly labelFolder: DatasetFolder;
  /** Real path of the folder of the pictures. */
  readonly imageRoot: string;
  /** Null to find out. */
  readonly formatId: string | null;
  /** Values of the format's read options. */
  readonly readOptions: OptionValues;
  readonly projectName: string;
  readonly author: string;
  readonly message: string;
  readonly splitRule: SplitRule;
  /** Why it is published though the rules found errors. */
  readonly findingsReason?: string;
  readonly now: () => Date;
  /** Aborted, it ends as `job.cancelled` and leaves the lake as it was. */
  readonly signal?: AbortSignal;
}

interface ReadReport {
  readonly formatId: string;
  /** Dataset images for which no picture was found. */
  readonly unmatchedKeys: readonly string[];
  readonly labelProblems: ImportBatch['problems'];
  readonly imageProblems: readonly FileProblem[];
}

export type PublishFolderOutcome = PublishOutcome & ReadReport;

export type PreparedFolder = FolderRows & ReadReport;

const ROWS_IN_A_BATCH = 500;

/** As an annotation may have. */
const LONGEST_NOTE = 2000;

/**
 * Everything short of writing: format found, labels read, pictures hashed, objects recognised again. Ids come from names
 * and from the project's last version, so the same files published again make no new version.
 */
export async function prepareFolder(
  lake: Lake,
  options: PublishFolderOptions,
): Promise<Result<PreparedFolder>> {
  try {
    const format = await formatOf(options);
    if (!format.ok) return format;
    const labels = await collectLabels(format.value, options);
    if (!labels.ok) return labels;
    const scan = await scanImages(options.imageRoot, options.signal);
    if (options.signal?.aborted === true) return err(cancelled());
    const rows = await rowsOf(lake, options, labels.value, scan.images);
    if (!rows.ok) return rows;
    return ok({
      ...rows.value,
      formatId: format.value.id,
      labelProblems: labels.value.problems,
      imageProblems: scan.problems,
    });
  } catch (thrown) {
    return err(unexpectedError(thrown, 'reading the folder'));
  }
}

/** Publishes a dataset that lies on disk straight into the lake, as a pipeline does. */
export async function publishPrepared(
  lake: Lake,
  options: PublishFolderOptions,
  prepared: PreparedFolder,
): Promise<Result<PublishFolderOutcome>> {
  try {
    const published = await publishRows(lake, options, prepared);
    if (!published.ok) return published;
    const { formatId, unmatchedKeys, labelProblems, imageProblems } = prepared;
    return ok({ ...published.value, formatId, unmatchedKeys, labelProblems, imageProblems });
  } catch (thrown) {
    return err(unexpectedError(thrown, 'publishing the folder'));
  }
}

async function formatOf(options: PublishFolderOptions): Promise<Result<DatasetFormat>> {
  if (options.formatId !== null) {
    const format = formatById(options.formatId);
    return format === null
      ? err(appError('format.unrecognised', `There is no dataset format "${options.formatId}".`))
      : ok(format);
  }
  const [best] = await detectFormats(options.labelFolder);
  return best === undefined || best.confidence < LEAST_CONFIDENCE
    ? err(
        appError(
          'format.unrecognised',
          'No dataset format was recognised in the folder. Name one with --from.',
        ),
      )
    : ok(best.format);
}

interface CollectedLabels {
  readonly classes: readonly ImportedClass[];
  readonly images: ReadonlyMap<string, ImportBatch['images'][number]>;
  readonly problems: ImportBatch['problems'];
}

async function collectLabels(
  format: DatasetFormat,
  { labelFolder: folder, readOptions }: PublishFolderOptions,
): Promise<Result<CollectedLabels>> {
  const classes: ImportedClass[] = [];
  const images = new Map<string, ImportBatch['images'][number]>();
  const problems: ImportBatch['problems'] = [];
  const read = await readLabels(
    format,
    folder,
    { jobId: derivedId('job') as JobId, options: readOptions },
    async (batch) => {
      classes.push(...batch.labels);
      problems.push(...batch.problems);
      for (const image of batch.images) {
        const before = images.get(image.key);
        if (before === undefined) images.set(image.key, image);
        else before.annotations.push(...image.annotations);
      }
      return true;
    },
  );
  return read.ok ? ok({ classes, images, problems }) : read;
}

async function scanImages(
  root: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly images: readonly ScannedImage[]; readonly problems: readonly FileProblem[] }> {
  const images: ScannedImage[] = [];
  const problems: FileProblem[] = [];
  for await (const outcomes of scanSource({ target: { kind: 'folder', root }, afterKey: null })) {
    if (signal?.aborted === true) break;
    for (const { image, problem } of outcomes) {
      if (image !== null) images.push(image);
      if (problem !== null) problems.push(problem);
    }
  }
  return { images, problems };
}

interface FolderRows {
  readonly projectId: ProjectId;
  readonly schema: LabelSchema;
  readonly unmatchedKeys: readonly string[];
  /** The same rows each time. */
  rows(): Generator<PublishRow>;
}

async function rowsOf(
  lake: Lake,
  options: PublishFolderOptions,
  labels: CollectedLabels,
  scanned: readonly ScannedImage[],
): Promise<Result<FolderRows>> {
  const versions = await lake.versions(null);
  if (!versions.ok) return versions;
  const latest = versions.value.find((version) => version.projectName === options.projectName) ?? null;
  const stored = latest === null ? null : await lake.version(latest.id);
  if (stored !== null && !stored.ok) return stored;
  const projectId = latest?.projectId ?? (derivedId('project', options.projectName) as ProjectId);
  const sourceName = path.basename(options.imageRoot);
  const before = stored === null ? null : stored.value.manifest;
  const previous =
    latest === null || before === null
      ? new Map<string, readonly Annotation[]>()
      : await previousOf(lake, latest.id, before);
  const adopted = adoptLabels(projectId, before?.labelSchema ?? null, labels.classes);

  const match = matchImageKeys(
    [...labels.images.keys()],
    scanned.map(({ key }) => ({ id: key, key, isPreferred: true })),
  );
  const labelledByKey = new Map<string, ImportBatch['images'][number]>();
  for (const [datasetKey, key] of match.imageIdByKey) {
    const image = labels.images.get(datasetKey);
    if (image !== undefined) labelledByKey.set(key, image);
  }
  const withLabels = [...labelledByKey.values()].flatMap((image) =>
    image.annotations.flatMap(({ classIndex, attributes }) => {
      const labelId = adopted.labelIdByClass.get(classIndex);
      return labelId === undefined ? [] : [{ labelId, attributes }];
    }),
  );
  let attributeNumber = 0;
  const { schema } = addImportedAttributes(adopted.schema, withLabels, () => {
    attributeNumber += 1;
    return derivedId(projectId, 'attribute', String(adopted.schema.revision), String(attributeNumber));
  });
  const attributeIds = new Map(
    schema.labels.map((label) => [
      label.id,
      new Map(label.attributes.map((attribute) => [attribute.name.toLowerCase(), attribute.id as string])),
    ]),
  );
  const at = options.now().toISOString();

  const incomingOf = (image: ImportBatch['images'][number]): readonly IncomingAnnotation[] =>
    image.annotations.flatMap((annotation) => {
      const { classIndex, shape, isCrowd, attributes, score } = annotation;
      const labelId = adopted.labelIdByClass.get(classIndex);
      if (labelId === undefined) return [];
      const own = attributeIds.get(labelId);
      const byId = Object.entries(attributes).flatMap(([name, value]) => {
        const id = own?.get(name.trim().toLowerCase());
        return id === undefined ? [] : [[id, value] as const];
      });
      return [
        {
          labelId,
          shape,
          attributes: Object.fromEntries(byId),
          isCrowd,
          isOccluded: attributes.occluded === true,
          isTruncated: attributes.truncated === true,
          ...(score === null ? {} : { score }),
          ...beside(annotation, image, projectId),
        },
      ];
    });

  return ok({
    projectId,
    schema,
    unmatchedKeys: [...match.unmatchedKeys, ...match.ambiguousKeys],
    *rows() {
      const sourceId = derivedId(projectId, 'source', sourceName) as SourceId;
      for (const [ordinal, image] of scanned.entries()) {
        const imageId = derivedId(projectId, 'image', image.key) as ImageId;
        const labelled = labelledByKey.get(image.key);
        const annotations =
          labelled === undefined
            ? []
            : adoptAnnotations(previous.get(image.key) ?? [], incomingOf(labelled), {
                imageId,
                author: options.author,
                at,
              });
        const state: ImageState =
          annotations.length > 0 ? 'labelled' : labelled?.isConfirmedEmpty ? 'confirmedEmpty' : 'unlabelled';
        yield {
          image: imageRecord(image, { imageId, projectId, sourceId, ordinal, state, annotations }),
          sourceName,
          status: { state, decidedBy: null, decidedAt: null },
          annotations: [...annotations],
        };
      }
    },
  });
}

function imageRecord(
  image: ScannedImage,
  about: {
    readonly imageId: ImageId;
    readonly projectId: ProjectId;
    readonly sourceId: SourceId;
    readonly ordinal: number;
    readonly state: ImageState;
    readonly annotations: readonly Annotation[];
  },
): ImageRecord {
  return {
    ...image,
    id: about.imageId,
    projectId: about.projectId,
    sourceId: about.sourceId,
    searchName: path.posix.basename(image.key).toLowerCase(),
    ordinal: about.ordinal,
    state: about.state,
    labelIds: [...new Set(about.annotations.map((annotation) => annotation.labelId))],
    annotationCount: about.annotations.length,
    hasFinding: 0,
    isMissing: 0,
    duplicateOfId: null,
  };
}

async function previousOf(
  lake: Lake,
  id: Sha256,
  manifest: VersionManifest,
): Promise<ReadonlyMap<string, readonly Annotation[]>> {
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'groundmark-previous-'));
  const database = await openDatabase({ path: ':memory:', temporaryFolder, threads: 1 });
  try {
    return await readPreviousAnnotations(database, lake.paths, id, manifest);
  } finally {
    database.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

async function publishRows(
  lake: Lake,
  options: PublishFolderOptions,
  folder: FolderRows,
): Promise<Result<PublishOutcome>> {
  // Rows are made twice rather than held: once for their hash, once for staging.
  const hash = createHash('sha256');
  for (const row of folder.rows()) hash.update(JSON.stringify(row));
  const begun = await lake.beginPublish(
    {
      project: { id: folder.projectId, name: options.projectName },
      labelSchema: folder.schema,
      filter: { states: ['labelled', 'confirmedEmpty', 'inProgress'], labelIds: [] },
      splitRule: options.splitRule,
      author: options.author,
      message: options.message,
      ...(options.findingsReason === undefined
        ? {}
        : { review: publishedWithFindings(options.findingsReason) }),
    },
    hash.digest('hex') as Sha256,
  );
  if (!begun.ok) return begun;
  let batch = 0;
  let rows: PublishRow[] = [];
  for (const row of folder.rows()) {
    rows.push(row);
    if (rows.length < ROWS_IN_A_BATCH) continue;
    const staged = await begun.value.append(batch, rows);
    if (!staged.ok) return staged;
    if (options.signal?.aborted === true) {
      await begun.value.discard();
      return err(cancelled());
    }
    batch += 1;
    rows = [];
  }
  if (rows.length > 0) {
    const staged = await begun.value.append(batch, rows);
    if (!staged.ok) return staged;
  }
  const finished = await begun.value.finish(options.signal === undefined ? {} : { signal: options.signal });
  if (!finished.ok && options.signal?.aborted === true) await begun.value.discard();
  return finished;
}

/** All that a publisher says of reviews who knows of none, and whom somebody told to publish with findings. */
function publishedWithFindings(reason: string): NonNullable<PublishRequest['review']> {
  return {
    policy: { isReviewed: false, reviewsNeeded: 1 },
    agreement: null,
    quality: null,
    gate: { reason },
    auditHead: { seq: 0, hash: null },
  };
}

function cancelled() {
  return appError('job.cancelled', 'The publish was cancelled; the lake is as it was.');
}

/** Ids of groups and tracks are made anew from what the files call them, so that the same files give the same ids. */
function beside(
  { groupId, trackId, isKeyframe, isOutside, note }: ImportBatch['images'][number]['annotations'][number],
  { key, frame }: ImportBatch['images'][number],
  projectId: ProjectId,
): Pick<IncomingAnnotation, 'groupId' | 'trackId' | 'isKeyframe' | 'isOutside' | 'note'> {
  return {
    ...(groupId === undefined ? {} : { groupId: derivedId(projectId, 'group', key, groupId) }),
    ...(trackId === undefined
      ? {}
      : {
          trackId: derivedId(projectId, 'track', frame?.sequence ?? '', trackId),
          ...(isKeyframe === undefined ? {} : { isKeyframe }),
          ...(isOutside === undefined ? {} : { isOutside }),
        }),
    ...(note === undefined || note.trim() === '' ? {} : { note: note.slice(0, LONGEST_NOTE) }),
  };
}
