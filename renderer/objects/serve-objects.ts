import { type AppError, appError, unexpectedError } from '../../shared/result/app-error';
import type { AnnotationId, ImageId, ProjectId } from '../../shared/schema/ids';
import { type GroundmarkDatabase, openDatabase } from '../persistence/database';
import { changedImages } from '../persistence/labelled-images';
import { describeObjects, facetsOf, objectsByImage } from './describe-objects';
import type {
  FromObjectWorker,
  ObjectAnswer,
  ObjectRequest,
  ObjectStatus,
  OtherColumn,
  ToObjectWorker,
} from './object-messages';
import { queryObjects } from './object-query';
import { createObjectTable } from './object-table';
import { readObjects, rereadObjects } from './read-objects';

// Runs in the objects worker: one project, one table.

/** Progress is told at this pace; each is a message to the page and a render. */
const PROGRESS_PAUSE_IN_MS = 250;

/** An import stores a batch every few hundred ms; looking for what is new goes over the whole list of images. */
const LOOK_PAUSE_IN_MS = 2000;

export interface ObjectServer {
  receive(message: ToObjectWorker): void;
}

/** @param send how the page is answered. */
export function serveObjects(
  send: (message: FromObjectWorker, transfer: Transferable[]) => void,
): ObjectServer {
  const table = createObjectTable();
  const values = new Map<OtherColumn, ReadonlyMap<AnnotationId, number>>();
  const columns: { -readonly [Column in OtherColumn]?: Float32Array } = {};
  let project: { readonly db: GroundmarkDatabase; readonly id: ProjectId } | null = null;
  /** What is read waits for what is being read: one thing after the other. */
  let reading: Promise<unknown> = Promise.resolve();
  let isLookDue = false;
  let lastLook = Number.NEGATIVE_INFINITY;

  const tell = (status: ObjectStatus) => send({ kind: 'status', status }, []);
  const fail = (error: AppError) => tell({ kind: 'failed', error });

  async function open(databaseName: string, id: ProjectId): Promise<void> {
    const opened = await openDatabase(databaseName);
    if (!opened.ok) return fail(opened.error);
    project = { db: opened.value, id };
    let told = 0;
    const { damaged } = await readObjects(
      opened.value,
      id,
      table,
      (progress) => {
        const now = performance.now();
        if (now - told < PROGRESS_PAUSE_IN_MS) return;
        told = now;
        tell({ kind: 'reading', ...progress });
      },
      new AbortController().signal,
    );
    // What was handed over meanwhile was about rows that were not there yet.
    columnsAgain();
    tell({ kind: 'ready', objects: table.size, damaged });
  }

  function columnsAgain(): void {
    for (const [column, map] of values) columns[column] = table.columnOf(map);
  }

  async function reread(imageIds: readonly ImageId[] | 'many'): Promise<void> {
    if (project === null) return;
    const known = imageIds === 'many' ? [] : imageIds.map((id) => table.ordinalOf(id));
    // An id that is not known is a new image.
    const isAnywhere = imageIds === 'many' || known.includes(-1);
    const ordinals = isAnywhere
      ? await changedImages(project.db, project.id, table.images(), table.imageCount)
      : known;
    if (ordinals.length === 0) return;
    await rereadObjects(project.db, project.id, table, ordinals);
    columnsAgain();
    send({ kind: 'updated' }, []);
  }

  function after(work: () => Promise<void>): void {
    reading = reading.then(work).catch((thrown: unknown) => fail(unexpectedError(thrown, 'reading objects')));
  }

  async function answer(request: ObjectRequest): Promise<ObjectAnswer> {
    switch (request.kind) {
      case 'query':
        return { kind: 'query', rows: queryObjects(table, request.query, columns) };
      case 'facets':
        return { kind: 'facets', facets: facetsOf(table, columns) };
      case 'targets':
        return { kind: 'targets', images: objectsByImage(table, request.rows) };
      case 'details':
        if (project === null) return { kind: 'details', details: [] };
        return {
          kind: 'details',
          details: await describeObjects(project.db, project.id, table, request.rows),
        };
    }
  }

  return {
    receive(message) {
      switch (message.kind) {
        case 'open':
          return after(() => open(message.databaseName, message.projectId));
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
        case 'column':
          values.set(message.column, message.values);
          columnsAgain();
          return send({ kind: 'updated' }, []);
        case 'ask':
          void answer(message.request)
            .catch(
              (thrown: unknown): ObjectAnswer => ({
                kind: 'failed',
                error:
                  thrown instanceof RangeError
                    ? appError('internal.unexpected', 'There is not enough memory for so many objects.')
                    : unexpectedError(thrown, 'looking for objects'),
              }),
            )
            .then((found) =>
              send(
                { kind: 'answer', id: message.id, answer: found },
                found.kind === 'query' ? [found.rows.buffer] : [],
              ),
            );
      }
    },
  };
}
