import { unexpectedError } from '../../shared/result/app-error';
import { evaluateDataset } from '../../shared/rules/annotations/evaluate-dataset';
import { evaluateRules } from '../../shared/rules/annotations/evaluate-rules';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import { createObjectTable } from '../objects/object-table';
import { type GroundmarkDatabase, openDatabase } from '../persistence/database';
import { findImages, listTables } from '../persistence/image-rows';
import {
  changedImages,
  type LabelledImage,
  labelledImages,
  labelledImagesAt,
} from '../persistence/labelled-images';
import { imageRecordOf } from '../persistence/stored-records';
import type {
  CheckSettings,
  FindingAnswer,
  FindingRequest,
  FindingStatus,
  FromFindingWorker,
  ToFindingWorker,
} from './finding-messages';
import { createFindingStore } from './finding-store';
import { type KnownImage, knownImage, readPictureFacts } from './project-facts';

// Runs in the findings worker: one project, all it says.

/** Images a read transaction: a page of the list, so that each page is parsed once. */
const IMAGES_PER_READ = 100;

/** Progress is told at this pace; each is a message to the page and a render. */
const PROGRESS_PAUSE_IN_MS = 250;

/** Rules over the whole project go over all objects; while somebody edits, they wait until it is quiet for so long. */
const QUIET_IN_MS = 800;

/** An import stores a batch every few hundred ms; looking for what is new goes over the whole list of images. */
const LOOK_PAUSE_IN_MS = 2000;

export interface FindingServer {
  receive(message: ToFindingWorker): void;
}

/** @param send how the page is answered. */
export function serveFindings(send: (message: FromFindingWorker) => void): FindingServer {
  const store = createFindingStore(() => new Date().toISOString());
  const damaged = new Set<number>();
  let table = createObjectTable();
  let images: KnownImage[] = [];
  let project: {
    readonly db: GroundmarkDatabase;
    readonly id: ProjectId;
    readonly settings: CheckSettings;
  } | null = null;
  let withoutLook = 0;
  let seconds = 0;
  let isWhole = false;
  /** Rises with every check from the beginning, so that an earlier one ends. */
  let checks = 0;
  /** What is read waits for what is being read: one thing after the other. */
  let working: Promise<unknown> = Promise.resolve();
  let datasetTimer: ReturnType<typeof setTimeout> | undefined;
  let isLookDue = false;

  const tell = (status: FindingStatus) => send({ kind: 'status', status });

  function after(work: () => Promise<void>): void {
    working = working.then(work).catch((thrown: unknown) => {
      tell({ kind: 'failed', error: unexpectedError(thrown, 'checking the project') });
    });
  }

  function put({ image, annotations }: LabelledImage, settings: CheckSettings): void {
    const { ordinal } = image;
    table.putImage(image, annotations ?? []);
    images[ordinal] = knownImage(image);
    if (annotations === null) damaged.add(ordinal);
    else damaged.delete(ordinal);
    if (annotations === null || annotations.length === 0) {
      store.putImage(ordinal, []);
      return;
    }
    const document = {
      imageId: image.id,
      size: { width: image.width, height: image.height },
      annotations: new Map(annotations.map((annotation) => [annotation.id, annotation])),
      status: UNLABELLED_STATUS,
    };
    store.putImage(ordinal, evaluateRules(document, settings.schema, settings.rules));
  }

  async function checkAll(): Promise<void> {
    if (project === null) return;
    const { db, id, settings } = project;
    const check = ++checks;
    const startedAt = performance.now();
    isWhole = false;
    store.clear();
    damaged.clear();
    table = createObjectTable();
    images = [];
    const head = await db.heads.get(id);
    const totalImages = head?.counts.images ?? 0;
    table.reserve(head?.counts.annotations ?? 0);
    let told = 0;
    for (let from = 0; from < totalImages; from += IMAGES_PER_READ) {
      const to = Math.min(totalImages, from + IMAGES_PER_READ);
      for (const one of await labelledImages(db, id, from, to)) put(one, settings);
      if (check !== checks) return;
      if (performance.now() - told < PROGRESS_PAUSE_IN_MS) continue;
      told = performance.now();
      tell({ kind: 'checking', images: to, totalImages, objects: table.size, counts: store.counts() });
    }
    await checkDataset();
    seconds = (performance.now() - startedAt) / 1000;
    isWhole = true;
    tellReady();
  }

  async function checkDataset(): Promise<void> {
    if (project === null) return;
    const { db, id, settings } = project;
    const read = await readPictureFacts(db, id, table, images, settings);
    withoutLook = read.withoutLook;
    const input = { objects: table, pictures: read.facts, schema: settings.schema };
    for (const { ruleId, findings } of evaluateDataset(input, settings.rules)) {
      store.putDataset(ruleId, findings);
    }
  }

  function tellReady(): void {
    tell({
      kind: 'ready',
      totalImages: table.imageCount,
      objects: table.size,
      damaged: damaged.size,
      withoutLook,
      seconds,
      counts: store.counts(),
    });
    send({ kind: 'updated' });
  }

  function checkDatasetWhenQuiet(): void {
    clearTimeout(datasetTimer);
    datasetTimer = setTimeout(
      () =>
        after(async () => {
          if (!isWhole) return;
          await checkDataset();
          tellReady();
        }),
      QUIET_IN_MS,
    );
  }

  async function recheck(imageIds: readonly ImageId[] | 'many'): Promise<void> {
    if (project === null || !isWhole) return;
    const { db, id, settings } = project;
    const known = imageIds === 'many' ? [] : imageIds.map((one) => table.ordinalOf(one));
    const ordinals =
      imageIds === 'many' || known.includes(-1)
        ? await changedImages(db, id, table.images(), table.imageCount)
        : known;
    if (ordinals.length === 0) return;
    for (let from = 0; from < ordinals.length; from += IMAGES_PER_READ) {
      const page = await labelledImagesAt(db, id, ordinals.slice(from, from + IMAGES_PER_READ));
      for (const one of page) put(one, settings);
    }
    tellReady();
    checkDatasetWhenQuiet();
  }

  async function answer(request: FindingRequest): Promise<FindingAnswer> {
    const found = store.list(request.filter);
    switch (request.kind) {
      case 'total':
        return { kind: 'total', total: found.length };
      case 'window': {
        const page = found.slice(request.from, request.to);
        const ids = [...new Set(page.flatMap(({ imageIds }) => imageIds.slice(0, 1)))];
        const db = project?.db;
        const rows =
          db === undefined ? [] : await db.transaction('r', listTables(db), () => findImages(db, ids));
        const records = new Map(
          rows.flatMap((row) => (row === undefined ? [] : [[row.id, imageRecordOf(row)] as const])),
        );
        return {
          kind: 'window',
          rows: page.map((finding) => {
            const [first] = finding.imageIds;
            return { finding, image: first === undefined ? null : (records.get(first) ?? null) };
          }),
        };
      }
      case 'fixable':
        return {
          kind: 'fixable',
          findings: found.flatMap(({ id, imageIds: [imageId], fixes }) =>
            imageId !== undefined && fixes.some((fix) => fix.id === request.fixId) ? [{ id, imageId }] : [],
          ),
        };
    }
  }

  function setUp(settings: CheckSettings): void {
    if (project === null) return;
    const before = project.settings;
    project = { ...project, settings };
    store.setWaivers(settings.waivers);
    const isSame = (part: 'schema' | 'rules') =>
      JSON.stringify(before[part]) === JSON.stringify(settings[part]);
    if (!isSame('schema') || !isSame('rules')) {
      checks += 1;
      after(checkAll);
    } else if (isWhole) {
      tellReady();
      if (JSON.stringify(before.split) !== JSON.stringify(settings.split)) checkDatasetWhenQuiet();
    }
  }

  return {
    receive(message) {
      switch (message.kind) {
        case 'open':
          return after(async () => {
            const opened = await openDatabase(message.databaseName);
            if (!opened.ok) return tell({ kind: 'failed', error: opened.error });
            project = { db: opened.value, id: message.projectId, settings: message.settings };
            store.setWaivers(message.settings.waivers);
            await checkAll();
          });
        case 'settings':
          return setUp(message.settings);
        case 'looks':
          return checkDatasetWhenQuiet();
        case 'changed': {
          const { imageIds } = message;
          // Records of the project changed, none of its images.
          if (imageIds.length === 0) return;
          if (imageIds !== 'many') return after(() => recheck(imageIds));
          if (isLookDue) return;
          isLookDue = true;
          setTimeout(() => {
            isLookDue = false;
            after(() => recheck('many'));
          }, LOOK_PAUSE_IN_MS);
          return;
        }
        case 'ask':
          void answer(message.request)
            .catch(
              (thrown: unknown): FindingAnswer => ({
                kind: 'failed',
                error: unexpectedError(thrown, 'listing findings'),
              }),
            )
            .then((found) => send({ kind: 'answer', id: message.id, answer: found }));
      }
    },
  };
}
