import type { ChangeSet } from '../../shared/document/change-set';
import { hashOfAnnotations } from '../../shared/document/hash';
import { type AppError, appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { AnnotationSet } from '../../shared/schema/change';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import type { AnnotationRepository } from '../persistence/ports';
import type { SaveState } from './editor';

/** One commit on its way to disk. */
export interface PendingSave {
  readonly change: ChangeSet;
  readonly after: Omit<AnnotationSet, 'revision'>;
  readonly hasFinding: boolean;
  /** Asked when its turn has come: by then the change that it takes back has its id. */
  targetId(): ChangeId | null;
  onSaved(changeId: ChangeId): void;
}

/**
 * Writes commits of one picture in order, each in its own transaction, each expecting the revision that the one
 * before it made. The first failure stops the queue with everything behind it kept, so that nothing is written over
 * a gap.
 */
export interface SaveQueue {
  readonly hasUnsaved: boolean;
  push(save: PendingSave): void;
  /** Tries again from the change that failed; does nothing when all is stored and something else is wrong. */
  retry(): void;
  /** Resolves when everything pushed so far is saved, or with the failure that stopped it. */
  settled(): Promise<Result<null>>;
  /** Forgets what is unsaved and reports nothing more. */
  abandon(): void;
}

interface SaveQueueOptions {
  readonly annotations: AnnotationRepository;
  readonly imageId: ImageId;
  readonly projectId: ProjectId;
  readonly revision: number;
  /** Runs work when the person is not busy; used for reading the receipt back. Returns the way to cancel it. */
  whenIdle(work: () => void): () => void;
  onState(state: SaveState): void;
}

export function createSaveQueue(options: SaveQueueOptions): SaveQueue {
  const { annotations, imageId, projectId } = options;
  const pending: PendingSave[] = [];
  let waiting: ((result: Result<null>) => void)[] = [];
  let revision = options.revision;
  let failure: AppError | null = null;
  let isRunning = false;
  let isAbandoned = false;
  let cancelReceipt: () => void = () => {};

  function report(state: SaveState): void {
    if (!isAbandoned) options.onState(state);
  }

  function settleWaiting(result: Result<null>): void {
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve(result);
  }

  async function saveOne(save: PendingSave): Promise<Result<null>> {
    try {
      const outcome = await annotations.commit({
        imageId,
        projectId,
        expectedRevision: revision,
        change: save.change,
        after: save.after,
        targetId: save.targetId(),
        hasFinding: save.hasFinding,
      });
      if (!outcome.ok) return outcome;
      revision = outcome.value.revision;
      save.onSaved(outcome.value.changeId);
      return ok(null);
    } catch (thrown) {
      // The port returns failures; whatever it throws nevertheless must not leave "saving" on screen for ever.
      return err(unexpectedError(thrown, 'saving labels'));
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    let last: PendingSave | null = null;
    for (let next = pending[0]; next !== undefined && !isAbandoned; next = pending[0]) {
      const saved = await saveOne(next);
      if (!saved.ok) {
        failure = saved.error;
        break;
      }
      last = next;
      pending.shift();
    }
    isRunning = false;
    if (failure !== null) {
      report({ kind: 'failed', error: failure });
      settleWaiting(err(failure));
      return;
    }
    report({ kind: 'saved', receipt: null });
    settleWaiting(ok(null));
    if (last !== null) readReceiptLater(last.after);
  }

  function readReceiptLater(after: Omit<AnnotationSet, 'revision'>): void {
    const expectedRevision = revision;
    cancelReceipt();
    cancelReceipt = options.whenIdle(() => {
      void readReceipt(after, expectedRevision);
    });
  }

  async function readReceipt(after: Omit<AnnotationSet, 'revision'>, expected: number): Promise<void> {
    const receipt = await annotations.receipt(imageId);
    if (isAbandoned || isRunning || pending.length > 0 || revision !== expected) return;
    if (!receipt.ok) {
      fail(receipt.error);
    } else if (receipt.value.revision > expected) {
      fail(
        appError('record.conflict', 'This picture was changed in another window. Reload it to go on.', {
          imageId,
        }),
      );
    } else if (receipt.value.hash !== hashOfAnnotations(after.annotations)) {
      fail(
        appError(
          'record.damaged',
          'What was read back from disk differs from what is on screen. Reload the picture and check its last changes.',
          { imageId, count: receipt.value.count },
        ),
      );
    } else {
      report({ kind: 'saved', receipt: receipt.value });
    }
  }

  function fail(error: AppError): void {
    failure = error;
    report({ kind: 'failed', error });
  }

  return {
    get hasUnsaved() {
      return pending.length > 0;
    },
    push(save) {
      cancelReceipt();
      pending.push(save);
      if (failure !== null || isRunning) return;
      report({ kind: 'saving' });
      void run();
    },
    retry() {
      if (failure === null || isRunning || pending.length === 0) return;
      failure = null;
      report({ kind: 'saving' });
      void run();
    },
    settled() {
      if (failure !== null) return Promise.resolve(err(failure));
      if (pending.length === 0) return Promise.resolve(ok(null));
      return new Promise((resolve) => waiting.push(resolve));
    },
    abandon() {
      isAbandoned = true;
      pending.length = 0;
      cancelReceipt();
      settleWaiting(ok(null));
    },
  };
}
