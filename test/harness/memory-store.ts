import type { AnnotationRepository, JournalRepository, UndoStep } from '../../renderer/persistence/ports';
import { hashOfAnnotations, hashOfChange } from '../../shared/document/hash';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok } from '../../shared/result/result';
import { type Annotation, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { AnnotationSet, ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';

/**
 * The editor's two ports over plain maps, for tests without a database: same contract (revisions, journal, undo
 * stacks), and failures on demand. What it stores is cloned, as a database would.
 */
export interface MemoryStore {
  readonly annotations: AnnotationRepository;
  readonly journal: Pick<JournalRepository, 'stacks'>;
  readonly changes: readonly ChangeRecord[];
  readonly projectId: ProjectId;
  stored(imageId: ImageId): AnnotationSet;
  /** Puts a picture's annotations there without a journal line, as if they had always been. */
  seed(imageId: ImageId, annotations: readonly Annotation[]): void;
  /** Lets the next commits fail until it is called with null. */
  failWith(error: AppError | null): void;
  /** Holds commits back until the returned function is called. */
  hold(): () => void;
}

export function createMemoryStore(newId: () => string): MemoryStore {
  const projectId = newId() as ProjectId;
  const sets = new Map<ImageId, AnnotationSet>();
  const changes: ChangeRecord[] = [];
  let failure: AppError | null = null;
  let gate: Promise<void> = Promise.resolve();

  const stored = (imageId: ImageId): AnnotationSet =>
    sets.get(imageId) ?? { imageId, projectId, revision: 0, annotations: [], status: UNLABELLED_STATUS };

  const refused = () => Promise.resolve(err(appError('usage.bad-arguments', 'Not part of this store.')));

  return {
    projectId,
    changes,
    stored,
    seed(imageId, annotations) {
      sets.set(imageId, { ...stored(imageId), annotations: structuredClone([...annotations]) });
    },
    failWith(error) {
      failure = error;
    },
    hold() {
      let release: () => void = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    journal: {
      stacks: (scope) => Promise.resolve(stacksOf(changes.filter((change) => change.scope === scope))),
    },
    annotations: {
      load: (imageId) => Promise.resolve(ok(structuredClone(stored(imageId)))),
      async commit({ imageId, expectedRevision, change, after, targetId }) {
        await gate;
        if (failure !== null) return err(failure);
        const { revision } = stored(imageId);
        if (revision !== expectedRevision) {
          return err(appError('record.conflict', 'This picture was changed in another window.'));
        }
        const draft: Omit<ChangeRecord, 'hash'> = {
          seq: changes.length + 1,
          id: newId() as ChangeId,
          projectId,
          imageId,
          scope: `image:${imageId}`,
          groupId: null,
          at: '2026-01-01T00:00:00.000Z',
          actor: 'tester',
          origin: change.origin,
          code: change.code,
          label: change.label,
          targetId,
          body: structuredClone({
            kind: 'annotations',
            added: [...change.added],
            updated: change.updated.map(([a, b]): [Annotation, Annotation] => [a, b]),
            removed: [...change.removed],
            order: change.order === null ? null : [[...change.order[0]], [...change.order[1]]],
            status: change.status === null ? null : [change.status[0], change.status[1]],
          }),
          previousHash: changes.at(-1)?.hash ?? null,
        };
        changes.push({ ...draft, hash: hashOfChange(draft) });
        sets.set(imageId, structuredClone({ ...after, revision: revision + 1 }));
        return ok({ revision: revision + 1, changeId: draft.id });
      },
      receipt(imageId) {
        const { revision, annotations } = stored(imageId);
        const hash = hashOfAnnotations(annotations);
        return Promise.resolve(ok({ imageId, revision, count: annotations.length, hash }));
      },
      rebuildFromJournal: refused,
      editMany: refused,
      beginImport: refused,
      addToImport: refused,
      unfinishedImports: () => Promise.resolve([]),
    },
  };
}

function stacksOf(records: readonly ChangeRecord[]) {
  const undo: UndoStep[] = [];
  const redo: UndoStep[] = [];
  const moved = (from: UndoStep[], to: UndoStep[], id: ChangeId | null) => {
    const at = from.findIndex((step) => step.change.id === id);
    const [step] = from.splice(at, at === -1 ? 0 : 1);
    if (step !== undefined) to.push(step);
  };
  for (const change of records) {
    if (change.origin === 'undo') moved(undo, redo, change.targetId);
    else if (change.origin === 'redo') moved(redo, undo, change.targetId);
    else {
      undo.push({ id: change.id, change, label: change.label });
      redo.length = 0;
    }
  }
  return { undo, redo };
}
