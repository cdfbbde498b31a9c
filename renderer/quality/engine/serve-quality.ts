import { appError, unexpectedError } from '../../../shared/result/app-error';
import type { ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import { type GroundmarkDatabase, openDatabase } from '../../persistence/database';
import { type AveragePrecision, createAveragePrecision, MOST_PRECISION_IMAGES } from './average-precision';
import { describeErrors } from './error-details';
import { type ErrorPlace, listErrors } from './list-errors';
import { createProjectQuality, type ProjectQuality } from './project-quality';
import type {
  FromQualityWorker,
  QualityAnswer,
  QualityRequest,
  QualitySettings,
  QualityStatus,
  ToQualityWorker,
} from './quality-messages';

// Runs in the quality worker: one project, its comparisons and what follows from them.

/** Progress and figures are told at this pace while much changes; each is a message to the page and a render. */
const PROGRESS_PAUSE_IN_MS = 250;

/** An edit of many images tells only that there were some; looking for them goes over all images with layers. */
const LOOK_PAUSE_IN_MS = 2000;

/** More lines than anybody reads; the number of all is said. */
const MOST_ERRORS = 100_000;

export interface QualityServer {
  receive(message: ToQualityWorker): void;
}

/** @param send how the page is answered. */
export function serveQuality(send: (message: FromQualityWorker) => void): QualityServer {
  let quality: ProjectQuality | null = null;
  let project: { readonly db: GroundmarkDatabase; readonly id: ProjectId } | null = null;
  let precision: AveragePrecision | null = null;
  let settings: QualitySettings = { minOverlap: 0.5, lowOverlap: 0.8, merges: [] };
  let merges = new Map<LabelId, LabelId>();
  let errors: readonly ErrorPlace[] = [];
  let query = 0;
  /** What is read waits for what is being read: one thing after the other. */
  let reading: Promise<unknown> = Promise.resolve();
  let stop = new AbortController();
  let isLookDue = false;
  let lastLook = Number.NEGATIVE_INFINITY;

  const countsAs = (id: LabelId): LabelId => merges.get(id) ?? id;
  const tell = (status: QualityStatus) => send({ kind: 'status', status });
  const tellFigures = () => {
    if (quality !== null) send({ kind: 'figures', figures: quality.figures() });
  };
  const after = (work: () => Promise<void>) => {
    reading = reading.then(work).catch((thrown: unknown) => {
      tell({ kind: 'failed', error: unexpectedError(thrown, 'comparing labels') });
    });
  };
  const take = (next: QualitySettings) => {
    settings = next;
    merges = new Map(next.merges);
  };

  async function readAll(): Promise<void> {
    if (project === null) return;
    const { signal } = stop;
    precision = null;
    quality = createProjectQuality(project.db, project.id, settings, countsAs);
    let told = performance.now();
    let last = { images: 0, totalImages: 0, objects: 0 };
    tell({ kind: 'reading', ...last });
    await quality.readAll((progress) => {
      last = progress;
      const now = performance.now();
      if (now - told < PROGRESS_PAUSE_IN_MS) return;
      told = now;
      tell({ kind: 'reading', ...progress });
    }, signal);
    tellFigures();
    tell(signal.aborted ? { kind: 'stopped', ...last } : { kind: 'ready' });
  }

  async function reread(imageIds: readonly ImageId[] | 'many'): Promise<void> {
    if (quality === null || stop.signal.aborted) return;
    const changed = await quality.reread(imageIds);
    if (changed.length === 0) return;
    for (const layered of precision === null ? [] : changed) precision?.put(layered, countsAs);
    tellFigures();
  }

  async function averagePrecision(): Promise<QualityAnswer> {
    if (quality === null) return { kind: 'failed', error: notReady() };
    if (quality.truthImages > MOST_PRECISION_IMAGES) {
      return {
        kind: 'failed',
        error: appError(
          'usage.bad-arguments',
          `Average precision is worked out for up to ${MOST_PRECISION_IMAGES.toLocaleString('en')} images with ground truth, and this project has more. Export to COCO and use pycocotools for all of them.`,
        ),
      };
    }
    if (precision === null) {
      const fresh = createAveragePrecision();
      for await (const page of quality.layeredImages(new AbortController().signal)) {
        for (const layered of page) fresh.put(layered, countsAs);
      }
      precision = fresh;
    }
    return { kind: 'precision', figures: precision.figures() };
  }

  async function answer(request: QualityRequest): Promise<QualityAnswer> {
    if (quality === null || project === null) return { kind: 'failed', error: notReady() };
    switch (request.kind) {
      case 'errors': {
        const found = listErrors(quality.table, request.filter, settings.lowOverlap, MOST_ERRORS);
        errors = found.places;
        query += 1;
        return { kind: 'errors', query, listed: errors.length, total: found.total };
      }
      case 'details': {
        const places = request.query === query ? errors.slice(request.from, request.to) : [];
        return {
          kind: 'details',
          details: await describeErrors(project.db, project.id, quality.table, places),
        };
      }
      case 'precision':
        return averagePrecision();
      case 'disagreement':
        return {
          kind: 'disagreement',
          images: quality.disagreement(),
          objects: quality.objectDisagreement(),
        };
    }
  }

  return {
    receive(message) {
      switch (message.kind) {
        case 'open':
          take(message.settings);
          return after(async () => {
            const opened = await openDatabase(message.databaseName);
            if (!opened.ok) return tell({ kind: 'failed', error: opened.error });
            project = { db: opened.value, id: message.projectId };
            await readAll();
          });
        case 'settings': {
          const needsMatching =
            message.settings.minOverlap !== settings.minOverlap ||
            JSON.stringify(message.settings.merges) !== JSON.stringify(settings.merges);
          if (needsMatching) {
            stop.abort();
            return after(async () => {
              take(message.settings);
              stop = new AbortController();
              await readAll();
            });
          }
          return after(async () => {
            take(message.settings);
            quality?.table.setLowOverlap(settings.lowOverlap);
            tellFigures();
          });
        }
        case 'cancel':
          return stop.abort();
        case 'again':
          stop.abort();
          return after(async () => {
            stop = new AbortController();
            await readAll();
          });
        case 'changed':
          if (message.imageIds !== 'many') {
            const { imageIds } = message;
            return after(() => reread(imageIds));
          }
          if (isLookDue) return;
          isLookDue = true;
          setTimeout(
            () =>
              after(async () => {
                isLookDue = false;
                await reread('many');
                lastLook = performance.now();
              }),
            Math.max(0, lastLook + LOOK_PAUSE_IN_MS - performance.now()),
          );
          return;
        case 'ask':
          // Behind what is being read, so that answers and figures belong together.
          return after(async () => {
            const found = await answer(message.request).catch(
              (thrown: unknown): QualityAnswer => ({
                kind: 'failed',
                error: unexpectedError(thrown, 'looking into the comparison'),
              }),
            );
            send({ kind: 'answer', id: message.id, answer: found });
          });
      }
    },
  };
}

function notReady() {
  return appError('job.cancelled', 'The comparison has not begun. Open the screen again.');
}
